/* SPDX-License-Identifier: MIT */
#include "value/modes.h"

const char *const modes_decimal[] = {
	"string", "double", "precise", "numeric", 0,
};
const char *const modes_time[] = {
	"adaptive_time_microseconds", "connect", "isostring", "string",
	"microseconds", "nanoseconds", 0,
};
const char *const modes_binary[] = { "base64", "base64-url-safe", "hex", 0 };
const char *const modes_all_bigint[] = { "number", "string", 0 };
const char *const modes_bigint[] = { "number", "string", "precise", 0 };
const char *const modes_json[] = { "string", "embed", 0 };
const char *const modes_history[] = { "current", "all", 0 };
