-- What the Overview shows, by minute and by hour. `counted` is a dimension, a colon and a value, such as `actor:alice`; of two values the
-- first has its length before it: `secret:4:shopdb-password` is db-password in shop. No value is longer than 128 characters, whatever a
-- client sends; one of 128 stands for all that begin so. OverviewCounted reads these texts, OverviewFilters finds what they count.
CREATE TABLE IF NOT EXISTS $local(overview_minute) $on_cluster
(
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    day Date,
    retention UInt8,
    cluster LowCardinality(String),
    counted String CODEC(ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = $engine(SummingMergeTree)
PARTITION BY (day, retention)
ORDER BY (toStartOfHour(minute), counted, cluster, minute)
SETTINGS $dedup, fsync_after_insert = 1, fsync_part_directory = 1;

$distributed(overview_minute);

CREATE TABLE IF NOT EXISTS $local(overview_hour) $on_cluster
(
    hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
    day Date,
    retention UInt8,
    cluster LowCardinality(String),
    counted String CODEC(ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1)),
    INDEX hour hour TYPE minmax GRANULARITY 1
)
ENGINE = $engine(SummingMergeTree)
PARTITION BY (day, retention)
ORDER BY (counted, cluster, hour)
SETTINGS $dedup, fsync_after_insert = 1, fsync_part_directory = 1;

$distributed(overview_hour);

CREATE MATERIALIZED VIEW IF NOT EXISTS $local(overview_by_hour) $on_cluster TO $local(overview_hour) AS
SELECT toStartOfHour(minute) AS hour, day, retention, cluster, counted, sum(requests) AS requests
FROM $local(overview_minute)
GROUP BY hour, day, retention, cluster, counted;

-- Events that are stored already, day by day. Nothing else writes to the store meanwhile; a crash before the end begins again with empty tables.
TRUNCATE TABLE IF EXISTS $local(overview_hour) $on_cluster;

TRUNCATE TABLE IF EXISTS $local(overview_minute) $on_cluster;

INSERT INTO overview_minute (minute, day, retention, cluster, counted, requests)
WITH
    leftUTF8(actor, 128) AS who,
    leftUTF8(ns, 128) AS place,
    position(agent, '/') AS slash,
    leftUTF8(if(slash = 0, agent, substring(agent, 1, slash)), 128) AS tool,
    toString(ip) AS ipv6,
    if(startsWith(ipv6, '::ffff:') AND position(ipv6, '.') > 0, substring(ipv6, 8), ipv6) AS address,
    multiIf(code = 401, 'unauthenticated:', code = 403 AND decision != 'allow', 'denied:', '') AS refusal,
    leftUTF8(subresource, 128) AS access,
    multiIf(
        code < 200 OR code >= 300 OR subresource NOT IN ('', 'scale') OR NOT startsWith(agent, 'kubectl'), '',
        verb = 'create', 'created:', verb IN ('update', 'patch'), 'changed:', verb IN ('delete', 'deletecollection'), 'deleted:', '') AS change
SELECT toStartOfMinute(time) AS minute, day, retention, cluster, counted, 1 AS requests
FROM events
ARRAY JOIN arrayFilter(text -> text != '',
[
    if(category = '', 'unreadable:', ''),
    if(primary, concat('category:', category), ''),
    if(primary, concat('actor:', who), ''),
    if(primary, concat('namespace:', place), ''),
    if(primary, concat('tool:', tool), ''),
    if(primary AND refusal != '', concat(refusal, address), ''),
    if(primary AND resource = 'secrets', concat('secret:', toString(lengthUTF8(place)), ':', place, leftUTF8(name, 128)), ''),
    if(primary AND category = 'interactive-access', concat('interactive:', toString(lengthUTF8(access)), ':', access, who), ''),
    if(primary AND change != '', concat(change, toString(lengthUTF8(who)), ':', who, leftUTF8(resource, 128)), '')
]) AS counted
WHERE day = $day AND (primary OR category = '')
SETTINGS distributed_foreground_insert = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS $local(overview_by_minute) $on_cluster TO $local(overview_minute) AS
WITH
    leftUTF8(actor, 128) AS who,
    leftUTF8(ns, 128) AS place,
    position(agent, '/') AS slash,
    leftUTF8(if(slash = 0, agent, substring(agent, 1, slash)), 128) AS tool,
    toString(ip) AS ipv6,
    if(startsWith(ipv6, '::ffff:') AND position(ipv6, '.') > 0, substring(ipv6, 8), ipv6) AS address,
    multiIf(code = 401, 'unauthenticated:', code = 403 AND decision != 'allow', 'denied:', '') AS refusal,
    leftUTF8(subresource, 128) AS access,
    multiIf(
        code < 200 OR code >= 300 OR subresource NOT IN ('', 'scale') OR NOT startsWith(agent, 'kubectl'), '',
        verb = 'create', 'created:', verb IN ('update', 'patch'), 'changed:', verb IN ('delete', 'deletecollection'), 'deleted:', '') AS change
SELECT toStartOfMinute(time) AS minute, day, retention, cluster, counted, count() AS requests
FROM $local(events)
ARRAY JOIN arrayFilter(text -> text != '',
[
    if(category = '', 'unreadable:', ''),
    if(primary, concat('category:', category), ''),
    if(primary, concat('actor:', who), ''),
    if(primary, concat('namespace:', place), ''),
    if(primary, concat('tool:', tool), ''),
    if(primary AND refusal != '', concat(refusal, address), ''),
    if(primary AND resource = 'secrets', concat('secret:', toString(lengthUTF8(place)), ':', place, leftUTF8(name, 128)), ''),
    if(primary AND category = 'interactive-access', concat('interactive:', toString(lengthUTF8(access)), ':', access, who), ''),
    if(primary AND change != '', concat(change, toString(lengthUTF8(who)), ':', who, leftUTF8(resource, 128)), '')
]) AS counted
WHERE primary OR category = ''
GROUP BY minute, day, retention, cluster, counted;
