// Thin wrappers over what the peer contestant needs of ICU: its word iterator over UTF-8 and UTF-16.
// ICU renames its functions with macros, which Swift's importer cannot see through.
#ifndef GUANXI_BENCHMARKS_CICUTEXT_SHIM_H
#define GUANXI_BENCHMARKS_CICUTEXT_SHIM_H

#include <stddef.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

// The number of tokens of UTF-8, white space included; -1 for a failure.
static inline int64_t cicutext_words_utf8(UBreakIterator *iterator, const char *text, int64_t length) {
  UErrorCode status = U_ZERO_ERROR;
  UText view = UTEXT_INITIALIZER;
  utext_openUTF8(&view, text, length, &status);
  ubrk_setUText(iterator, &view, &status);
  int64_t count = U_SUCCESS(status) ? 0 : -1;
  if (count == 0) {
    ubrk_first(iterator);
    while (ubrk_next(iterator) != UBRK_DONE) count++;
  }
  utext_close(&view);
  return count;
}

// The same over UTF-16; `units` has room for `length` units, the conversion is part of the work.
static inline int64_t cicutext_words_utf16(UBreakIterator *iterator, const char *text, int32_t length,
                                           UChar *units) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t size = 0;
  u_strFromUTF8WithSub(units, length, &size, text, length, 0xFFFD, NULL, &status);
  ubrk_setText(iterator, units, size, &status);
  if (U_FAILURE(status)) return -1;
  int64_t count = 0;
  ubrk_first(iterator);
  while (ubrk_next(iterator) != UBRK_DONE) count++;
  return count;
}

static inline UBreakIterator *cicutext_open(void) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
  return U_SUCCESS(status) ? iterator : NULL;
}

#endif
