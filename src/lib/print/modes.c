/* SPDX-License-Identifier: MIT */
#include "print/modes.h"

const char *const decimal_modes[] = {
	"string", "double", "precise", "numeric", 0,
};
const char *const time_modes[] = {
	"adaptive_time_microseconds", "connect", "isostring", "string",
	"microseconds", "nanoseconds", 0,
};
const char *const binary_modes[] = { "base64", "base64-url-safe", "hex", 0 };
const char *const all_bigint_modes[] = { "number", "string", 0 };
const char *const bigint_modes[] = { "number", "string", "precise", 0 };
const char *const json_modes[] = { "string", "embed", 0 };
const char *const history_modes[] = { "current", "all", 0 };
