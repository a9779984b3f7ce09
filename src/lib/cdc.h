/* SPDX-License-Identifier: MIT
 *
 * The one header that tools include.  Rooms have no other way out.
 */
#ifndef CDC_H
#define CDC_H

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/span.h"
#include "binlog/file.h"
#include "binlog/group.h"
#include "binlog/window.h"
#include "cli/tool.h"
#include "cli/value.h"
#include "db/connect.h"
#include "event/columns.h"
#include "event/deletes.h"
#include "event/end.h"
#include "event/fields.h"
#include "event/lists.h"
#include "event/nameset.h"
#include "event/fault.h"
#include "event/record.h"
#include "event/where.h"
#include "io/lines.h"
#include "io/out.h"
#include "io/stop.h"
#include "json/outline.h"
#include "json/scan.h"
#include "json/write.h"
#include "match/named.h"
#include "match/names.h"
#include "match/online.h"
#include "match/pattern.h"
#include "match/rule.h"
#include "position/bound.h"
#include "position/gtid.h"
#include "print/modes.h"
#include "schema/file.h"
#include "schema/records.h"
#include "schema/schema.h"

#endif
