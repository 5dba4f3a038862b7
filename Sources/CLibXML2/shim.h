// libxml2's HTML parser with the one set of options that is used: any markup, no network, quiet.
#ifndef GUANXI_CLIBXML2_SHIM_H
#define GUANXI_CLIBXML2_SHIM_H

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
#include <libxml/tree.h>

static inline xmlDocPtr clibxml2_read_html(const unsigned char *bytes, int length) {
  xmlResetLastError();
  return htmlReadMemory((const char *)bytes, length, NULL, "UTF-8",
                        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                            HTML_PARSE_NONET | HTML_PARSE_COMPACT);
}

// Whether the parser gave up before the end of the last page of this thread (too deep nesting).
static inline int clibxml2_gave_up(void) {
  const xmlError *error = xmlGetLastError();
  return error != NULL && (error->code == XML_ERR_INTERNAL_ERROR || error->level == XML_ERR_FATAL);
}

// The character that an entity of HTML names (nbsp, ldquo); 0 where there is none of the name.
static inline unsigned int clibxml2_html_entity(const char *name) {
  const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
  return entity == NULL ? 0 : entity->value;
}

#endif
