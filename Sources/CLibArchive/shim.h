// libarchive's readers with the one use that is made of them: a reader undoes one compression, or walks over one kind
// of archive, so that nothing is guessed. Both begin with the same call and then read from callbacks or from a file.
#ifndef GUANXI_CLIBARCHIVE_SHIM_H
#define GUANXI_CLIBARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>

// Names of members are converted into the locale's charset, and lost where it is that of "C".
static inline void clibarchive_set_locale(void) { setlocale(LC_CTYPE, "C.UTF-8"); }

// A reader that undoes one compression (ARCHIVE_FILTER_…); all that comes of it is one member without a name.
static inline struct archive *clibarchive_new_filter(int filter) {
  struct archive *reader = archive_read_new();
  if (reader != NULL) {
    archive_read_support_filter_by_code(reader, filter);
    archive_read_support_format_raw(reader);
    archive_read_support_format_empty(reader);
  }
  return reader;
}

// A reader of one kind of archive (ARCHIVE_FORMAT_…).
static inline struct archive *clibarchive_new_format(int format) {
  struct archive *reader = archive_read_new();
  if (reader != NULL) {
    archive_read_support_format_by_code(reader, format);
    if (format == ARCHIVE_FORMAT_RAR) archive_read_support_format_rar5(reader);
  }
  return reader;
}

static inline int clibarchive_open(struct archive *reader, void *data,
                                   archive_read_callback *read) {
  return archive_read_open(reader, data, NULL, read, NULL);
}
static inline int clibarchive_open_fd(struct archive *reader, int file) {
  return archive_read_open_fd(reader, file, 1 << 18);
}
static inline long clibarchive_length(const char *text) { return (long)strlen(text); }
static inline int clibarchive_is_file(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFREG || archive_entry_filetype(entry) == 0;
}
static inline int clibarchive_is_folder(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFDIR;
}

// For tests, which write archives.
static inline void clibarchive_make_file(struct archive_entry *entry) {
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
}

#endif
