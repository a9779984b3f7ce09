/* SPDX-License-Identifier: MIT
 *
 * UUIDs as text: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx.  RFC 9562, 4.
 */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { UUID_BYTES = 16, UUID_TEXT = 36 };

/* Write one at `to`, in small letters, without a NUL; the end is returned. */
char *uuid_put(char *to, const uint8_t uuid[UUID_BYTES]);

/* Read one, in either case; false if the text is none. */
bool uuid_take(uint8_t uuid[UUID_BYTES], struct span text);

#endif
