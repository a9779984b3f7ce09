/* SPDX-License-Identifier: MIT
 *
 * Why TLS failed, in terms of the options: the library says neither which file
 * it could not read nor what to do.
 */
#ifndef DB_TLS_H
#define DB_TLS_H

#include "db/settings.h"

/* The first file of the settings that cannot be read, or that does not hold
 * what its option names, into *fault (the caller frees); NULL if all do. */
char *tls_file_fault(const struct db_settings *s);

/* Say what to do about an error, by the library's text, where that is known. */
void tls_hint(struct err *err, const char *text, const char *host);

#endif
