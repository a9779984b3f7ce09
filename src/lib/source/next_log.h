/* SPDX-License-Identifier: MIT
 *
 * Which file a server writes next: the one that its ROTATE event names or,
 * after a shutdown or crash, the one with the next number.
 */
#ifndef SOURCE_NEXT_LOG_H
#define SOURCE_NEXT_LOG_H

#include <stdbool.h>

/* The path of the log after `path`; rotated_to is the name that its last
 * event told, or NULL.  NULL if the path has no number; the caller frees.
 */
char *next_log_next(const char *path, const char *rotated_to);

/* Is it the name of a file in its folder, and no path to another? */
bool next_log_is_name(const char *name);

/* Is there such a file? */
int next_log_exists(const char *path);

#endif
