/* SPDX-License-Identifier: MIT */
#include "db/tls.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <sys/stat.h>

#include "base/buf.h"

/* A file of PEM, and a line that it must have; a directory has none. */
struct pem {
	const char *path, *option, *line, *lacks;
};

/* Where only one of them is given, the library reads both from it. */
enum { FILES = 6 };

static void
list_files(const struct db_settings *s, struct pem files[FILES])
{
	const char *cert = s->cert ? s->cert : s->key;
	const char *key = s->key ? s->key : s->cert;
	const struct pem all[FILES] = {
		{ s->ca, "--ssl-ca", "CERTIFICATE-----", "certificate" },
		{ s->capath, "--ssl-capath", NULL, NULL },
		{ cert, s->cert ? "--ssl-cert" :
		    "--ssl-key, without --ssl-cert", "CERTIFICATE-----",
		    "certificate" },
		{ key, s->key ? "--ssl-key" :
		    "--ssl-cert, without --ssl-key", "PRIVATE KEY-----",
		    "private key" },
		{ s->crl, "--ssl-crl", "X509 CRL-----",
		    "list of revoked certificates" },
		{ s->crlpath, "--ssl-crlpath", NULL, NULL },
	};

	memcpy(files, all, sizeof(all));
}

static int
open_directory(const char *path)
{
	DIR *dir = opendir(path);

	return dir ? closedir(dir) : -1;
}

/* 1, also of a pipe, which can be read but once; 0 if no line is like it; -1
 * and errno. */
static int
has_line(const char *path, const char *part)
{
	struct stat st;
	bool pipe = stat(path, &st) == 0 && S_ISFIFO(st.st_mode);
	FILE *file = pipe ? NULL : fopen(path, "re");
	char *line = NULL;
	size_t room = 0;
	int found = 0;

	if (!file)
		return pipe ? 1 : -1;
	errno = 0;
	while (!found && getline(&line, &room, file) >= 0)
		found = strstr(line, part) != NULL;
	if (!found && ferror(file))
		found = -1;
	free(line);
	fclose(file);
	return found;
}

char *
tls_file_fault(const struct db_settings *s)
{
	struct pem files[FILES];
	struct buf fault = { 0 };

	list_files(s, files);
	for (size_t i = 0; i < FILES && !fault.n; i++) {
		const struct pem *f = &files[i];
		int has;

		if (!f->path)
			continue;
		has = f->line ? has_line(f->path, f->line) :
		    open_directory(f->path) == 0 ? 1 : -1;
		if (has < 0)
			buf_printf(&fault, "%s (%s): %s", f->path, f->option,
			    strerror(errno));
		else if (!has)
			buf_printf(&fault, "%s (%s): it holds no %s in PEM",
			    f->path, f->option, f->lacks);
	}
	return fault.n ? buf_cstr(&fault) : NULL;
}

static const struct advice {
	const char *text, *what;
} advices[] = {
	{ "self-signed certificate", "--ssl-ca FILE names the authority that "
	    "signed the server's certificate, which for a self-signed one is "
	    "that certificate" },
	{ "self signed certificate", "--ssl-ca FILE names the authority that "
	    "signed the server's certificate, which for a self-signed one is "
	    "that certificate" },
	{ "unable to get local issuer", "--ssl-ca FILE names the authority "
	    "that signed the server's certificate" },
	{ "unable to get certificate CRL", "--ssl-crl FILE or --ssl-crlpath "
	    "DIR must hold a list of the authority that signed the server's "
	    "certificate" },
	{ "certificate has expired", "the server, or its authority, needs a "
	    "new certificate; this machine's clock may be wrong, too" },
	{ "certificate is not yet valid", "one of the two clocks is wrong, or "
	    "the server shows a certificate too early" },
	{ "certificate revoked", "the server needs a new certificate" },
	{ "key values mismatch", "--ssl-key must be the key of the "
	    "certificate in --ssl-cert" },
	{ "processing error", "an encrypted --ssl-key needs ssl-passphrase in "
	    "an option file" },
	{ "alert unknown ca", "the server does not know the authority that "
	    "signed our certificate (--ssl-cert): its ssl_ca names those that "
	    "it does" },
	{ "alert certificate", "the server refuses our certificate "
	    "(--ssl-cert)" },
	{ "no cipher match", "--ssl-cipher takes names that `openssl ciphers` "
	    "prints" },
	{ "alert protocol version", "the server has none of the versions that "
	    "--tls-version allows" },
	{ "Fingerprint verification", "--ssl-fp is what `openssl x509 -noout "
	    "-fingerprint -in FILE` prints for the server's certificate" },
	{ "the server has no TLS", "give the server a certificate, or connect "
	    "with --skip-ssl" },
};

void
tls_hint(struct err *err, const char *text, const char *host)
{
	if (strstr(text, "Validation of SSL server certificate")) {
		err_hint(err, "the server's certificate does not name the "
		    "host %s: connect (-h) by a name that it has, or take any "
		    "name with --skip-ssl-verify-server-cert", host);
		return;
	}
	for (size_t i = 0; i < sizeof(advices) / sizeof(*advices); i++)
		if (strstr(text, advices[i].text)) {
			err_hint(err, "%s", advices[i].what);
			return;
		}
}
