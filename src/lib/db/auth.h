/* SPDX-License-Identifier: MIT
 *
 * Authentication before which we look where we are: what a server asks for is
 * answered only where that may be.  Nothing but the account's name is sent
 * before; a server that has no TLS, where TLS is asked for, gets no more; and
 * a password in clear text goes only to a server whose certificate was
 * checked, or through a socket.
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
