/* SPDX-License-Identifier: MIT
 *
 * A context that has read the front is copied for each text: to begin again
 * would take longer than to hash a short one.
 */
#include "base/digest.h"

#include <stdlib.h>

#include <openssl/evp.h>

#include "base/alloc.h"
#include "base/log.h"

struct digest {
	EVP_MD *md;
	EVP_MD_CTX *front, *text;
	size_t size;
};

/* Java's names, and libcrypto's. */
static const struct { const char *name, *ours; } algorithms[] = {
	{ "MD5", "MD5" }, { "SHA-1", "SHA1" }, { "SHA-224", "SHA2-224" },
	{ "SHA-256", "SHA2-256" }, { "SHA-384", "SHA2-384" },
	{ "SHA-512", "SHA2-512" }, { "SHA-512/224", "SHA2-512/224" },
	{ "SHA-512/256", "SHA2-512/256" }, { "SHA3-224", "SHA3-224" },
	{ "SHA3-256", "SHA3-256" }, { "SHA3-384", "SHA3-384" },
	{ "SHA3-512", "SHA3-512" },
};

static const char names[] = "MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512, "
    "SHA-512/224, SHA-512/256, SHA3-224, SHA3-256, SHA3-384, SHA3-512";

/* What was asked for was there at the beginning: memory is all that can be
 * missing. */
static void
sure(int good)
{
	if (good != 1)
		log_die(ERR_OS, "libcrypto: cannot compute a hash");
}

static struct digest *
make(const char *name, struct span front, struct err *err)
{
	EVP_MD *md = EVP_MD_fetch(NULL, name, NULL);
	struct digest *d;

	if (!md) {
		err_set(err, ERR_CONFIG, "libcrypto does not have the hash %s",
		    name);
		return NULL;
	}
	d = xcalloc(1, sizeof(*d));
	d->md = md;
	d->size = (size_t)EVP_MD_get_size(md);
	d->front = EVP_MD_CTX_new();
	d->text = EVP_MD_CTX_new();
	sure(d->front && d->text);
	sure(EVP_DigestInit_ex2(d->front, md, NULL));
	sure(EVP_DigestUpdate(d->front, front.p, front.n));
	return d;
}

struct digest *
digest_new(struct span name, struct span front, struct err *err)
{
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++)
		if (span_is_nocase(name, algorithms[i].name))
			return make(algorithms[i].ours, front, err);
	err_set(err, ERR_USAGE, "there is no hash '%.*s'", (int)name.n,
	    name.p);
	err_hint(err, "there are %s", names);
	return NULL;
}

size_t
digest_of(struct digest *d, struct span text, uint8_t out[DIGEST_MOST])
{
	sure(EVP_MD_CTX_copy_ex(d->text, d->front));
	sure(EVP_DigestUpdate(d->text, text.p, text.n));
	sure(EVP_DigestFinal_ex(d->text, out, NULL));
	return d->size;
}

size_t
digest_size(const struct digest *d)
{
	return d->size;
}

void
digest_free(struct digest *d)
{
	if (!d)
		return;
	EVP_MD_CTX_free(d->front);
	EVP_MD_CTX_free(d->text);
	EVP_MD_free(d->md);
	free(d);
}
