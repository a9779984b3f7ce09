/* SPDX-License-Identifier: MIT */
#include "db/settings.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/integer.h"
#include "base/log.h"
#include "db/optfile.h"

enum { MAX_PASSWORD = 256 };

#define HANDED_ON "CDC_PASSWORD_FD"     /* a descriptor's number */

/* A run has one account: what the first connection was told holds for all. */
static struct db_settings *shared;

/* What mariadb(1), or Connector/C, knows in [client], and what becomes of it
 * here. */
enum use {
	USE_TEXT, USE_NUMBER, USE_PASSWORD, USE_PROTOCOL, USE_TLS, USE_VERIFY,
	USE_TLS_TEXT,           /* a text that asks for TLS */
	USE_NOTHING,            /* of a terminal, or of no meaning here */
	USE_OURS,               /* decided here, whatever it says */
	USE_REFUSED,
};

#define AT(field) offsetof(struct db_settings, field)

static const struct key {
	const char *name;
	enum use use;
	size_t at;
} keys[] = {
	{ "host", USE_TEXT, AT(host) },
	{ "port", USE_NUMBER, AT(port) },
	{ "socket", USE_TEXT, AT(socket) },
	{ "user", USE_TEXT, AT(user) },
	{ "password", USE_PASSWORD, AT(password) },
	{ "protocol", USE_PROTOCOL, AT(protocol) },
	{ "connect-timeout", USE_NUMBER, AT(connect_timeout_s) },
	{ "bind-address", USE_TEXT, AT(bind_address) },
	{ "plugin-dir", USE_TEXT, AT(plugin_dir) },
	{ "init-command", USE_TEXT, AT(init_command) },
	{ "ssl", USE_TLS, AT(tls) },
	{ "ssl-enforce", USE_TLS, AT(tls) },
	{ "ssl-verify-server-cert", USE_VERIFY, AT(verify) },
	{ "ssl-ca", USE_TLS_TEXT, AT(ca) },
	{ "ssl-capath", USE_TLS_TEXT, AT(capath) },
	{ "ssl-cert", USE_TLS_TEXT, AT(cert) },
	{ "ssl-key", USE_TLS_TEXT, AT(key) },
	{ "ssl-cipher", USE_TLS_TEXT, AT(cipher) },
	{ "ssl-crl", USE_TLS_TEXT, AT(crl) },
	{ "ssl-crlpath", USE_TLS_TEXT, AT(crlpath) },
	{ "ssl-fp", USE_TLS_TEXT, AT(fingerprint) },
	{ "ssl-fplist", USE_TLS_TEXT, AT(fingerprints) },
	{ "ssl-passphrase", USE_TEXT, AT(passphrase) },
	{ "tls-version", USE_TEXT, AT(tls_version) },
	{ "server-public-key", USE_TEXT, AT(public_key) },

	/* text is utf8mb4; a lost connection is never made again in silence;
	 * no file is sent; events and rows come whole, whatever their size;
	 * the server says which authentication it wants, auth.c whether it
	 * may; packets are read as they come */
	{ "default-character-set", USE_OURS, 0 },
	{ "character-sets-dir", USE_OURS, 0 },
	{ "reconnect", USE_OURS, 0 },
	{ "local-infile", USE_OURS, 0 },
	{ "max-allowed-packet", USE_OURS, 0 },
	{ "net-buffer-length", USE_OURS, 0 },
	{ "default-auth", USE_OURS, 0 },
	{ "secure-auth", USE_OURS, 0 },
	{ "enable-cleartext-plugin", USE_OURS, 0 },
	{ "compress", USE_OURS, 0 },
	{ "database", USE_OURS, 0 },

	{ "abort-source-on-error", USE_NOTHING, 0 },
	{ "auto-rehash", USE_NOTHING, 0 },
	{ "auto-vertical-output", USE_NOTHING, 0 },
	{ "batch", USE_NOTHING, 0 },
	{ "binary-as-hex", USE_NOTHING, 0 },
	{ "binary-mode", USE_NOTHING, 0 },
	{ "column-names", USE_NOTHING, 0 },
	{ "column-type-info", USE_NOTHING, 0 },
	{ "comments", USE_NOTHING, 0 },
	{ "connect-expired-password", USE_NOTHING, 0 },
	{ "debug", USE_NOTHING, 0 },
	{ "debug-check", USE_NOTHING, 0 },
	{ "debug-info", USE_NOTHING, 0 },
	{ "delimiter", USE_NOTHING, 0 },
	{ "force", USE_NOTHING, 0 },
	{ "html", USE_NOTHING, 0 },
	{ "i-am-a-dummy", USE_NOTHING, 0 },
	{ "ignore-spaces", USE_NOTHING, 0 },
	{ "line-numbers", USE_NOTHING, 0 },
	{ "max-join-size", USE_NOTHING, 0 },
	{ "named-commands", USE_NOTHING, 0 },
	{ "no-auto-rehash", USE_NOTHING, 0 },
	{ "no-beep", USE_NOTHING, 0 },
	{ "one-database", USE_NOTHING, 0 },
	{ "pager", USE_NOTHING, 0 },
	{ "print-query-on-error", USE_NOTHING, 0 },
	{ "progress-reports", USE_NOTHING, 0 },
	{ "prompt", USE_NOTHING, 0 },
	{ "quick", USE_NOTHING, 0 },
	{ "quick-max-column-width", USE_NOTHING, 0 },
	{ "raw", USE_NOTHING, 0 },
	{ "safe-updates", USE_NOTHING, 0 },
	{ "sandbox", USE_NOTHING, 0 },
	{ "select-limit", USE_NOTHING, 0 },
	{ "server-arg", USE_NOTHING, 0 },
	{ "show-warnings", USE_NOTHING, 0 },
	{ "sigint-ignore", USE_NOTHING, 0 },
	{ "silent", USE_NOTHING, 0 },
	{ "table", USE_NOTHING, 0 },
	{ "tee", USE_NOTHING, 0 },
	{ "unbuffered", USE_NOTHING, 0 },
	{ "verbose", USE_NOTHING, 0 },
	{ "vertical", USE_NOTHING, 0 },
	{ "wait", USE_NOTHING, 0 },
	{ "xml", USE_NOTHING, 0 },

	/* of Connector/C alone: mariadb(1) knows none of them */
	{ "timeout", USE_NUMBER, AT(connect_timeout_s) },
	{ "tls-ca", USE_TLS_TEXT, AT(ca) },
	{ "tls-capath", USE_TLS_TEXT, AT(capath) },
	{ "tls-cert", USE_TLS_TEXT, AT(cert) },
	{ "tls-key", USE_TLS_TEXT, AT(key) },
	{ "tls-cipher", USE_TLS_TEXT, AT(cipher) },
	{ "tls-crl", USE_TLS_TEXT, AT(crl) },
	{ "tls-crlpath", USE_TLS_TEXT, AT(crlpath) },
	{ "tls-fp", USE_TLS_TEXT, AT(fingerprint) },
	{ "tls-fplist", USE_TLS_TEXT, AT(fingerprints) },
	{ "ssl-fp-list", USE_TLS_TEXT, AT(fingerprints) },
	{ "tls-passphrase", USE_TEXT, AT(passphrase) },
	{ "tls-enforce", USE_TLS, AT(tls) },
	{ "tls-verify-peer", USE_VERIFY, AT(verify) },
	{ "interactive-timeout", USE_OURS, 0 },
	{ "multi-results", USE_OURS, 0 },
	{ "multi-statements", USE_OURS, 0 },
	{ "multi-queries", USE_OURS, 0 },
	{ "report-data-truncation", USE_OURS, 0 },
	{ "return-found-rows", USE_OURS, 0 },
	{ "bulk-unit-results", USE_OURS, 0 },
	{ "restricted-auth", USE_REFUSED, 0 },
	{ "connection", USE_REFUSED, 0 },
	{ "pipe", USE_REFUSED, 0 },
	{ "shared-memory-base-name", USE_REFUSED, 0 },
};

static const struct key *
find_key(const char *name)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const char *a = keys[i].name, *b = name;

		while (*a && (*a == *b || (*a == '-' && *b == '_'))) {
			a++;
			b++;
		}
		if (!*a && !*b)
			return &keys[i];
	}
	return NULL;
}

/* "skip-ssl": which prefix of my_getopt's does a name begin with? */
static bool
take_prefix(const char **name, const char *prefix)
{
	size_t n = strlen(prefix);

	if (strncmp(*name, prefix, n) != 0 ||
	    ((*name)[n] != '-' && (*name)[n] != '_'))
		return false;
	*name += n + 1;
	return true;
}

static int
refuse(const struct option_line *line, struct err *err, const char *why)
{
	return err_set(err, ERR_CONFIG, "%s:%u: %s: %s", line->file,
	    line->line, line->name, why);
}

static void
set_text(void *field, const char *value)
{
	char **text = field;

	free(*text);
	*text = xstrdup(value);
}

/* 1, 0; -1: it is none. */
static int
truth(const char *value)
{
	static const char *const words[] = {
		"0", "1", "off", "on", "false", "true",
	};

	if (!value)
		return 1;
	for (int i = 0; i < 6; i++)
		if (strcasecmp(value, words[i]) == 0)
			return i % 2;
	return -1;
}

static int
take_number(uint64_t *field, const struct option_line *line, struct err *err)
{
	const char *digits = line->value + (line->value[0] == '+');

	if (!integer_read(span_of(digits), INT32_MAX, field))
		return refuse(line, err, "not a number");
	return 0;
}

static bool
take_protocol(enum db_protocol *field, const char *value)
{
	if (strcasecmp(value, "tcp") == 0)
		*field = PROTOCOL_TCP;
	else if (strcasecmp(value, "socket") == 0)
		*field = PROTOCOL_SOCKET;
	else
		return false;
	return true;
}

static int
take_switch(struct db_settings *s, enum use use,
    const struct option_line *line, bool off, struct err *err)
{
	int on = truth(line->value);

	if (on < 0)
		return refuse(line, err, "on or off");
	on ^= off;
	if (use == USE_TLS)
		s->tls = on ? TLS_MUST : TLS_NEVER;
	else
		s->verify = on ? VERIFY_YES : VERIFY_NO;
	return 0;
}

/* A key that was found, its prefix taken away. */
static int
take_key(struct db_settings *s, const struct key *key,
    const struct option_line *line, bool off, struct err *err)
{
	void *field = (char *)s + key->at;

	switch (key->use) {
	case USE_NOTHING:
	case USE_OURS:
		return 0;
	case USE_REFUSED:
		return refuse(line, err, "is not supported");
	case USE_TLS:
	case USE_VERIFY:
		return take_switch(s, key->use, line, off, err);
	case USE_PASSWORD:
		if (off || !line->value) {
			s->asks = !off;
			set_text(field, "");
			return 0;
		}
		s->asks = false;
		break;
	default:
		break;
	}
	if (off || !line->value)
		return refuse(line, err, off ? "cannot be switched off" :
		    "lacks its value");
	if (key->use == USE_NUMBER)
		return take_number(field, line, err);
	if (key->use == USE_PROTOCOL)
		return take_protocol(field, line->value) ? 0 :
		    refuse(line, err, "tcp or socket");
	if (key->use == USE_TLS_TEXT && *line->value)
		s->tls = TLS_MUST;
	set_text(field, line->value);
	return 0;
}

static int
take_line(void *arg, const struct option_line *line, struct err *err)
{
	const char *name = line->name;
	bool loose = take_prefix(&name, "loose"), off = false;
	const struct key *key = find_key(name);

	if (!key) {
		off = take_prefix(&name, "skip") ||
		    take_prefix(&name, "disable");
		if (!off)
			take_prefix(&name, "enable");
		key = find_key(name);
	}
	if (key)
		return take_key(arg, key, line, off, err);
	if (!loose)
		return refuse(line, err, "unknown option");
	log_warn("%s:%u: %s: unknown option", line->file, line->line,
	    line->name);
	return 0;
}

/* ---- the command line */

/* As mariadb(1): a port asks for TCP, a socket for itself. */
static int
take_command_line(struct db_settings *s, const struct db_options *opt,
    struct err *err)
{
	const struct {
		const char *given;
		char **text;
		bool tls;               /* it asks for TLS */
	} texts[] = {
		{ opt->host, &s->host, false },
		{ opt->socket, &s->socket, false },
		{ opt->user, &s->user, false },
		{ opt->ssl_ca, &s->ca, true },
		{ opt->ssl_capath, &s->capath, true },
		{ opt->ssl_cert, &s->cert, true },
		{ opt->ssl_key, &s->key, true },
		{ opt->ssl_cipher, &s->cipher, true },
		{ opt->ssl_crl, &s->crl, true },
		{ opt->ssl_crlpath, &s->crlpath, true },
		{ opt->ssl_fp, &s->fingerprint, true },
		{ opt->tls_version, &s->tls_version, false },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!texts[i].given)
			continue;
		set_text(texts[i].text, texts[i].given);
		if (texts[i].tls)
			s->tls = TLS_MUST;
	}
	if (opt->port) {
		s->port = opt->port;
		s->protocol = PROTOCOL_TCP;
	}
	if (opt->socket)
		s->protocol = PROTOCOL_SOCKET;
	if (opt->ssl)
		s->tls = TLS_MUST;
	if (opt->ssl_verify)
		s->verify = VERIFY_YES;
	if (opt->skip_ssl_verify)
		s->verify = VERIFY_NO;
	if (opt->skip_ssl)
		s->tls = TLS_NEVER;
	s->asks |= opt->password;
	if (opt->protocol && !take_protocol(&s->protocol, opt->protocol))
		return err_set(err, ERR_USAGE, "--protocol %s: tcp or socket",
		    opt->protocol);
	return 0;
}

/* From the program that this one was. */
static char *
password_handed_on(void)
{
	const char *where = getenv(HANDED_ON);
	char text[MAX_PASSWORD];
	ssize_t n;
	uint64_t number;
	int fd;

	if (!where)
		return NULL;
	fd = integer_read(span_of(where), INT_MAX, &number) ? (int)number : -1;
	n = read(fd, text, sizeof(text));
	close(fd);
	unsetenv(HANDED_ON);
	return n > 0 ? xmemdup(text, (size_t)n - 1) : NULL;
}

/* Neither the environment nor a command line is the place for it: a pipe is. */
void
db_hand_on_password(void)
{
	char where[16];
	int ends[2];
	size_t n;

	if (!shared || !shared->asks || pipe(ends) < 0)
		return;
	n = strlen(shared->password) + 1;
	if (write(ends[1], shared->password, n) == (ssize_t)n) {
		snprintf(where, sizeof(where), "%d", ends[0]);
		setenv(HANDED_ON, where, 1);
	}
	close(ends[1]);
}

static char *
ask_password(void)
{
	FILE *tty = fopen("/dev/tty", "r+e");
	struct termios before, silent;
	char text[MAX_PASSWORD] = "";

	if (!tty)
		log_die(ERR_USAGE, "--password: there is no terminal to ask "
		    "on; put it into an option file");
	tcgetattr(fileno(tty), &before);
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fileno(tty), TCSAFLUSH, &silent);
	fputs("Enter password: ", tty);         /* nothing typed is lost */
	fflush(tty);
	if (!fgets(text, sizeof(text), tty))
		text[0] = '\0';
	tcsetattr(fileno(tty), TCSAFLUSH, &before);
	fputs("\n", tty);
	fclose(tty);
	text[strcspn(text, "\n")] = '\0';
	return xstrdup(text);
}

/* The library passes over words that it does not know: any version would do. */
static int
check_versions(const char *list, struct err *err)
{
	static const char *const known[] = { "TLSv1.0", "TLSv1.1", "TLSv1.2",
		"TLSv1.3" };

	for (const char *p = list; p && *p;) {
		struct span word = { p, strcspn(p, ", ") };
		size_t i = 0;

		while (i < 4 && !span_is_nocase(word, known[i]))
			i++;
		if (i == 4 && word.n)
			return err_set(err, ERR_CONFIG, "tls-version: '%.*s' "
			    "is not one of TLSv1.0, TLSv1.1, TLSv1.2, TLSv1.3",
			    (int)word.n, word.p);
		p += word.n + (p[word.n] != '\0');
	}
	return 0;
}

/* The certificate that must be the server's own is one of TLS. */
static int
complete(struct db_settings *s, struct err *err)
{
	if (s->verify == VERIFY_YES && s->tls == TLS_NEVER)
		return err_set(err, ERR_CONFIG, "ssl-verify-server-cert and "
		    "skip-ssl contradict each other");
	if (check_versions(s->tls_version, err) < 0)
		return -1;
	if (s->verify == VERIFY_YES)
		s->tls = TLS_MUST;
	if (!s->host && getenv("MYSQL_HOST"))
		s->host = xstrdup(getenv("MYSQL_HOST"));
	if (s->asks) {
		free(s->password);
		s->password = password_handed_on();
		if (!s->password)
			s->password = ask_password();
	}
	return 0;
}

static void
clear(struct db_settings *s)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (keys[i].use == USE_TEXT || keys[i].use == USE_TLS_TEXT ||
		    keys[i].use == USE_PASSWORD) {
			char **text = (char **)(void *)((char *)s + keys[i].at);

			free(*text);
			*text = NULL;
		}
	free(s);
}

const struct db_settings *
db_settings_share(const struct db_options *opt, struct err *err)
{
	static const char *const groups[] = {
		"client", "client-server", "client-mariadb", "cdc", NULL,
	};
	const struct option_files files = { opt->no_defaults,
		opt->defaults_file, opt->defaults_extra, opt->defaults_suffix };
	struct db_settings *s;

	if (shared)
		return shared;
	s = xcalloc(1, sizeof(*s));
	if (optfile_read_all(&files, groups, take_line, s, err) < 0 ||
	    take_command_line(s, opt, err) < 0 || complete(s, err) < 0) {
		clear(s);
		return NULL;
	}
	shared = s;
	return s;
}
