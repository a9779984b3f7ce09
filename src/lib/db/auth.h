/* SPDX-License-Identifier: MIT
 *
 * Authentication that first checks the connection: a server's request is
 * answered only if that is safe there.  Only the account name is sent before.
 * A server without TLS gets no more if TLS is required, and a cleartext
 * password goes only to a server whose certificate was verified, or through a
 * socket.
 */
#ifndef DB_AUTH_H
#define DB_AUTH_H

#include <stdbool.h>

struct auth_wishes {
	bool tls;               /* must it be encrypted? */
	bool verified;          /* will the library have checked whose the
	                         * certificate is? */
};

/* To be used by a MYSQL * that is going to connect; w by reference until
 * then. */
void auth_guard(void *mysql, const struct auth_wishes *w);

/* Is this the error of a connection that has no TLS, and must? */
bool auth_wants_tls(const char *text);

#endif
