/* SPDX-License-Identifier: MIT
 *
 * Connector/C calls a plugin to begin with, by our option the guard below.  It
 * sends an empty answer, in front of which the library makes TLS; the server
 * then says which method the account has, and the library continues with that
 * one, if the list that the guard has left allows it.
 */
#include "db/auth.h"

#include <stdio.h>
#include <string.h>

#include <mysql.h>
#include <errmsg.h>
#include <mysql/plugin_auth.h>

#define GUARD "cdc_guard"

/* They send no password, only a proof. */
#define PROOFS "mysql_native_password,client_ed25519,parsec," \
	"auth_gssapi_client"
/* These send it, or encrypt it with any key that they are given. */
#define PASSWORDS "mysql_clear_password,dialog,sha256_password," \
	"caching_sha2_password"

enum { SWITCH = 0xFE, PASSWORD_PROMPT = 2, MAX_NAME = 64 };

static const char no_tls[] = "the server has no TLS, which is asked for";
static const char not_encrypted[] = "the connection is not encrypted, which "
    "is asked for";

static const struct auth_wishes *wishes;

static int
fail(MYSQL *mysql, unsigned number, const char *text)
{
	mysql->net.last_errno = number;
	snprintf(mysql->net.last_error, sizeof(mysql->net.last_error), "%s",
	    text);
	if (mysql->net.read_pos)
		mysql->net.read_pos[0] = 0;     /* do as it says? no */
	return CR_ERROR;
}

static bool
is_private(MYSQL *mysql)
{
	return mysql->unix_socket ||
	    (mysql_get_ssl_cipher(mysql) && wishes->verified);
}

bool
auth_wants_tls(const char *text)
{
	return strcmp(text, no_tls) == 0 || strcmp(text, not_encrypted) == 0;
}

/* Is a method of the comma list? */
static bool
is_of(const char *name, const char *list)
{
	size_t n = strlen(name);

	for (const char *p = list; n && (p = strstr(p, name)); p += n)
		if ((p == list || p[-1] == ',') && (!p[n] || p[n] == ','))
			return true;
	return false;
}

/* The server has named a method. */
static int
judge(MYSQL *mysql, const unsigned char *packet)
{
	char text[256], name[MAX_NAME];
	bool known;

	snprintf(name, sizeof(name), "%s", (const char *)packet + 1);
	known = is_of(name, PROOFS "," PASSWORDS);
	if (is_of(name, PROOFS) || (known && is_private(mysql)))
		return CR_ERROR;        /* the library continues with it */
	snprintf(text, sizeof(text), known ? "the server asks for the "
	    "password by %s, which is given only to a server whose "
	    "certificate was checked (--ssl-verify-server-cert), or through "
	    "a socket" : "the server asks for an authentication that is not "
	    "supported: %s", name);
	return fail(mysql, CR_PLUGIN_NOT_ALLOWED, text);
}

static int
guard(MYSQL_PLUGIN_VIO *vio, MYSQL *mysql)
{
	unsigned char *packet;
	int n;

	/* judged in front of each further method, by the library */
	mysql_options(mysql, MARIADB_OPT_RESTRICTED_AUTH, PROOFS);
	if (wishes->tls && !(mysql->server_capabilities & CLIENT_SSL))
		return fail(mysql, CR_SSL_CONNECTION_ERROR, no_tls);
	/* sends an empty answer to begin with */
	n = vio->read_packet(vio, &packet);
	if (n < 0 && mysql_errno(mysql))
		return CR_ERROR;
	if (wishes->tls && !mysql_get_ssl_cipher(mysql))
		return fail(mysql, CR_SSL_CONNECTION_ERROR, not_encrypted);
	if (is_private(mysql))
		mysql_options(mysql, MARIADB_OPT_RESTRICTED_AUTH, PROOFS ","
		    PASSWORDS);
	if (n < 0 && mysql->net.read_pos && mysql->net.read_pos[0] == SWITCH)
		return judge(mysql, mysql->net.read_pos);
	if (n >= 0 && (n == 0 || *packet != 0))
		return fail(mysql, CR_MALFORMED_PACKET, "malformed packet");
	return n < 0 ? CR_ERROR : CR_OK_HANDSHAKE_COMPLETE;
}

/* PAM's.  The library's own asks on standard input, which is data. */
static int
dialog(MYSQL_PLUGIN_VIO *vio, MYSQL *mysql)
{
	unsigned char *packet;
	unsigned char type;
	bool answered = false;
	int n;

	do {
		n = vio->read_packet(vio, &packet);
		if (n < 0)
			return CR_ERROR;
		if (n == 0 || *packet == 0 || *packet == SWITCH)
			return CR_OK_HANDSHAKE_COMPLETE;
		type = *packet;
		if (type >> 1 != PASSWORD_PROMPT || answered)
			return fail(mysql, CR_PLUGIN_NOT_ALLOWED, "the server "
			    "asks for more than a password");
		answered = true;
		if (vio->write_packet(vio,
		    (const unsigned char *)mysql->passwd,
		    (int)strlen(mysql->passwd) + 1) != 0)
			return CR_ERROR;
	} while (!(type & 1));
	return CR_OK;
}

/* of mysql/client_plugin.h, which wants a header that is not installed */
enum { AUTHENTICATION_PLUGIN = 2, INTERFACE_VERSION = 0x0100 };

struct plugin {
	MYSQL_CLIENT_PLUGIN_HEADER
	int (*authenticate_user)(MYSQL_PLUGIN_VIO *vio, MYSQL *mysql);
};

#define PLUGIN(method, function) {                                           \
	.type = AUTHENTICATION_PLUGIN,                                       \
	.interface_version = INTERFACE_VERSION,                              \
	.name = method, .author = "cdc-tools", .desc = method,               \
	.version = { 1, 0, 0 }, .license = "MIT",                            \
	.authenticate_user = function,                                       \
}

void
auth_guard(void *mysql, const struct auth_wishes *w)
{
	static struct plugin first = PLUGIN(GUARD, guard),
	    pam = PLUGIN("dialog", dialog);

	wishes = w;
	mysql_client_register_plugin(mysql,
	    (struct st_mysql_client_plugin *)(void *)&first);
	mysql_client_register_plugin(mysql,
	    (struct st_mysql_client_plugin *)(void *)&pam);
	mysql_options(mysql, MYSQL_DEFAULT_AUTH, GUARD);
	mysql_options(mysql, MARIADB_OPT_RESTRICTED_AUTH, GUARD);
}
