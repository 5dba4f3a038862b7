// SHA-256 from OpenSSL's libcrypto, for naming knowledge by its content.
#ifndef GUANXI_COPENSSL_SHIM_H
#define GUANXI_COPENSSL_SHIM_H

#include <openssl/evp.h>

static inline int copenssl_sha256(const void *data, size_t length, unsigned char digest[32]) {
  unsigned int size = 32;
  return EVP_Digest(data, length, digest, &size, EVP_sha256(), NULL);
}

#endif
