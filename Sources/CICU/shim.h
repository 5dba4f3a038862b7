// Thin `static inline` wrappers over ICU's C API.
//
// ICU renames its functions with macros (`ubrk_open` becomes `ubrk_open_72`), which Swift's
// importer cannot see through; an inline function can. One wrapper a function, the same arguments,
// the name with `cicu_` in front; nothing else happens here.
#ifndef GUANXI_CICU_SHIM_H
#define GUANXI_CICU_SHIM_H

#include <stddef.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucptrie.h>
#include <unicode/ucsdet.h>
#include <unicode/udata.h>
#include <unicode/unorm2.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <unicode/uversion.h>

static inline const char *cicu_version(void) { return U_ICU_VERSION; }
static inline const char *cicu_error_name(UErrorCode code) { return u_errorName(code); }

// Data items.
static inline UDataMemory *cicu_open_break_dictionary(const char *name, UErrorCode *status) {
  return udata_open(U_ICUDATA_NAME "-brkitr", "dict", name, status);
}
static inline const void *cicu_udata_memory(UDataMemory *data) { return udata_getMemory(data); }
static inline void cicu_udata_close(UDataMemory *data) { udata_close(data); }

// Break iterators.
static inline UBreakIterator *cicu_ubrk_open(UBreakIteratorType type, const char *locale,
                                             const UChar *text, int32_t length,
                                             UErrorCode *status) {
  return ubrk_open(type, locale, text, length, status);
}
static inline void cicu_ubrk_set_text(UBreakIterator *iterator, const UChar *text, int32_t length,
                                      UErrorCode *status) {
  ubrk_setText(iterator, text, length, status);
}
static inline int32_t cicu_ubrk_first(UBreakIterator *iterator) { return ubrk_first(iterator); }
static inline int32_t cicu_ubrk_next(UBreakIterator *iterator) { return ubrk_next(iterator); }
static inline int32_t cicu_ubrk_get_binary_rules(UBreakIterator *iterator, unsigned char *rules,
                                                 uint32_t capacity, UErrorCode *status) {
  return ubrk_getBinaryRules(iterator, rules, capacity, status);
}
static inline void cicu_ubrk_close(UBreakIterator *iterator) { ubrk_close(iterator); }

// Code point tries.
static inline UCPTrie *cicu_ucptrie_open(const void *data, int32_t length, UErrorCode *status) {
  return ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, data, length, NULL,
                                status);
}
static inline UChar32 cicu_ucptrie_range(const UCPTrie *trie, UChar32 start, uint32_t *value) {
  return ucptrie_getRange(trie, start, UCPMAP_RANGE_NORMAL, 0, NULL, NULL, value);
}
static inline void cicu_ucptrie_close(UCPTrie *trie) { ucptrie_close(trie); }

// Converters and detection.
static inline UConverter *cicu_ucnv_open(const char *name, UErrorCode *status) {
  return ucnv_open(name, status);
}
static inline void cicu_ucnv_close(UConverter *converter) { ucnv_close(converter); }
static inline void cicu_ucnv_to_unicode(UConverter *converter, UChar **target,
                                        const UChar *targetLimit, const char **source,
                                        const char *sourceLimit, int32_t *offsets, UBool flush,
                                        UErrorCode *status) {
  ucnv_toUnicode(converter, target, targetLimit, source, sourceLimit, offsets, flush, status);
}
static inline UCharsetDetector *cicu_ucsdet_open(UErrorCode *status) { return ucsdet_open(status); }
static inline void cicu_ucsdet_close(UCharsetDetector *detector) { ucsdet_close(detector); }
static inline void cicu_ucsdet_set_text(UCharsetDetector *detector, const char *text,
                                        int32_t length, UErrorCode *status) {
  ucsdet_setText(detector, text, length, status);
}
static inline const UCharsetMatch **cicu_ucsdet_detect_all(UCharsetDetector *detector,
                                                           int32_t *count, UErrorCode *status) {
  return ucsdet_detectAll(detector, count, status);
}
static inline const char *cicu_ucsdet_name(const UCharsetMatch *match, UErrorCode *status) {
  return ucsdet_getName(match, status);
}
static inline int32_t cicu_ucsdet_confidence(const UCharsetMatch *match, UErrorCode *status) {
  return ucsdet_getConfidence(match, status);
}

// Characters.
static inline int32_t cicu_decomposition_type(UChar32 c) {
  return u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE);
}
static inline const UNormalizer2 *cicu_nfkc(UErrorCode *status) {
  return unorm2_getNFKCInstance(status);
}
static inline int32_t cicu_normalize(const UNormalizer2 *normalizer, const UChar *source,
                                     int32_t length, UChar *target, int32_t capacity,
                                     UErrorCode *status) {
  return unorm2_normalize(normalizer, source, length, target, capacity, status);
}

// Transliterators.
static inline UTransliterator *cicu_utrans_open(const UChar *identifier, int32_t length,
                                                UErrorCode *status) {
  return utrans_openU(identifier, length, UTRANS_FORWARD, NULL, 0, NULL, status);
}
static inline void cicu_utrans_close(UTransliterator *transliterator) {
  utrans_close(transliterator);
}
static inline void cicu_utrans_transform(const UTransliterator *transliterator, UChar *text,
                                         int32_t *length, int32_t capacity, int32_t *limit,
                                         UErrorCode *status) {
  utrans_transUChars(transliterator, text, length, capacity, 0, limit, status);
}

// Number formats; only the tests spell numbers out.
static inline UNumberFormat *cicu_unum_open_spellout(const char *locale, UErrorCode *status) {
  return unum_open(UNUM_SPELLOUT, NULL, 0, locale, NULL, status);
}
static inline int32_t cicu_unum_format_decimal(const UNumberFormat *format, const char *number,
                                               int32_t length, UChar *result, int32_t capacity,
                                               UErrorCode *status) {
  return unum_formatDecimal(format, number, length, result, capacity, NULL, status);
}
static inline void cicu_unum_close(UNumberFormat *format) { unum_close(format); }

#endif
