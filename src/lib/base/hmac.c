/* SPDX-License-Identifier: MIT */
#include "base/hmac.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/digest.h"

enum { BLOCK = 64 };    /* of SHA-256 */

struct hmac {
	struct digest *inner, *outer;
};

struct hmac *
hmac_new(struct span key, struct err *err)
{
	static const struct span sha256 = { "SHA-256", 7 };
	uint8_t hashed[DIGEST_MOST] = { 0 };
	char inner[BLOCK], outer[BLOCK];
	struct digest *d = digest_new(sha256, SPAN(""), err);
	struct hmac *h;

	if (!d)
		return NULL;
	if (key.n > BLOCK)
		digest_of(d, key, hashed);
	else
		memcpy(hashed, key.p, key.n);
	digest_free(d);
	for (size_t i = 0; i < BLOCK; i++) {
		inner[i] = (char)(hashed[i] ^ 0x36);
		outer[i] = (char)(hashed[i] ^ 0x5c);
	}
	h = xcalloc(1, sizeof(*h));
	h->inner = digest_new(sha256, (struct span){ inner, BLOCK }, err);
	h->outer = digest_new(sha256, (struct span){ outer, BLOCK }, err);
	explicit_bzero(hashed, sizeof(hashed));
	explicit_bzero(inner, sizeof(inner));
	explicit_bzero(outer, sizeof(outer));
	return h;
}

void
hmac_of(struct hmac *h, struct span text, uint8_t out[HMAC_SIZE])
{
	uint8_t first[DIGEST_MOST], second[DIGEST_MOST];
	size_t n = digest_of(h->inner, text, first);

	digest_of(h->outer, (struct span){ (char *)first, n }, second);
	memcpy(out, second, HMAC_SIZE);
}

void
hmac_free(struct hmac *h)
{
	if (!h)
		return;
	digest_free(h->inner);
	digest_free(h->outer);
	free(h);
}
