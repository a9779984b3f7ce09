/* SPDX-License-Identifier: MIT
 *
 * The connection settings from the command line, option files and the
 * environment, merged once per run: later ones override earlier ones, and the
 * command line overrides all files.
 */
#ifndef DB_SETTINGS_H
#define DB_SETTINGS_H

#include "base/err.h"
#include "db/options.h"

enum db_tls {
	TLS_MAY,                /* where the server has it, as mariadb(1) */
	TLS_MUST,               /* something asks for it */
	TLS_NEVER,
};

enum db_protocol { PROTOCOL_ANY, PROTOCOL_TCP, PROTOCOL_SOCKET };

/* Whether the certificate must be the server's own. */
enum db_verify { VERIFY_DEFAULT, VERIFY_YES, VERIFY_NO };

struct db_settings {
	char *host;             /* or several: a,b:3307,c; NULL: localhost */
	uint64_t port;          /* 0: the library's */
	char *socket, *user;
	char *password;         /* NULL: $MYSQL_PWD, or none */
	enum db_protocol protocol;
	uint64_t connect_timeout_s;     /* 0: ours */
	char *bind_address, *plugin_dir, *init_command;

	enum db_tls tls;
	enum db_verify verify;
	char *ca, *capath, *cert, *key, *cipher, *crl, *crlpath;
	char *tls_version, *fingerprint, *fingerprints, *passphrase;
	char *public_key;       /* of the server, for its authentication */

	bool asks;              /* for the password, on the terminal */
};

/* What opt says, kept to the end of the run; *err is filled where it says
 * nonsense.  It is read, and the password asked for, at the first call; a run
 * has one account, whatever opt is later. */
const struct db_settings *db_settings_share(const struct db_options *opt,
    struct err *err);

/* The program that this one becomes need not ask for the password, too. */
void db_hand_on_password(void);

#endif
