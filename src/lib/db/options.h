/* SPDX-License-Identifier: MIT
 *
 * How to connect, as the command line says it: the options of mariadb(1).
 * settings.h merges them with option files.
 */
#ifndef DB_OPTIONS_H
#define DB_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct db_options {
	const char *host;               /* or several: a,b:3307,c */
	uint64_t port;
	const char *socket, *user;
	bool password;                  /* ask for it on /dev/tty */
	const char *protocol;           /* tcp or socket */
	const char *defaults_file, *defaults_extra, *defaults_suffix;
	bool no_defaults;
	bool ssl, skip_ssl, ssl_verify, skip_ssl_verify;
	const char *ssl_ca, *ssl_capath, *ssl_cert, *ssl_key, *ssl_cipher;
	const char *ssl_crl, *ssl_crlpath, *ssl_fp, *tls_version;
	bool found_rows;                /* an UPDATE counts rows that it
	                                 * found, not those it changed */
};

#endif
