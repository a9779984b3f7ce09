/* SPDX-License-Identifier: MIT */
#include "cli/elsewhere.h"

#include <string.h>

/* build-aux/elsewhere makes them of the tables of all programs. */
static const struct {
	const char *name, *tools;
} options[] = {
#include "cli/elsewhere.inc"
};

const char *
elsewhere_option(const char *word, size_t *n)
{
	const char *name = word + strspn(word, "-");
	size_t length = strcspn(name, "=");

	*n = (size_t)(name - word) + length;
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (strlen(options[i].name) == length &&
		    memcmp(options[i].name, name, length) == 0)
			return options[i].tools;
	return NULL;
}
