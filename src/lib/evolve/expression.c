/* SPDX-License-Identifier: MIT */
#include "evolve/expression.h"

#include <strings.h>

#include "sql/lex.h"

bool
expression_has_word(struct span sql, const char *const *words)
{
	struct sql at = sql_of(sql);
	struct sql_token token;

	while (sql_token(&at, &token) != TOKEN_END)
		for (size_t i = 0; words[i]; i++)
			if (token.kind == TOKEN_WORD && token.text.n ==
			    strlen(words[i]) && strncasecmp(token.text.p,
			    words[i], token.text.n) == 0)
				return true;
	return false;
}

bool
expression_is_of_here(const char *expression)
{
	static const char *const own[] = { "UUID", "UUID_SHORT",
		"UUID_V4", "UUID_V7", "SYS_GUID", "RAND", "RANDOM_BYTES",
		"SYSDATE", "CONNECTION_ID", "USER", "SESSION_USER",
		"SYSTEM_USER", "CURRENT_USER", "CURRENT_ROLE", NULL };

	return expression_has_word(span_of(expression), own);
}
