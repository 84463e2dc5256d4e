-- Events, one row each. Columns in the order of EventRowEncoder.
-- `words` is what free text is looked for in: the event's JSON in lower case without times, ids, hashes and escapes,
-- which would make the text index four times as large; `ids` are those ids, whole. EventText does the same in C#.
CREATE TABLE IF NOT EXISTS $local(events) $on_cluster
(
    server LowCardinality(String),
    seq UInt64 CODEC(Delta, ZSTD(1)),
    time DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    received DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    day Date,
    retention UInt8,
    cluster LowCardinality(String),
    source LowCardinality(String),
    host LowCardinality(String),
    auditlevel LowCardinality(String),
    stage LowCardinality(String),
    audit_id String CODEC(ZSTD(1)),
    verb LowCardinality(String),
    user LowCardinality(String),
    user_uid LowCardinality(String),
    groups Array(LowCardinality(String)),
    actor LowCardinality(String),
    impersonated_user LowCardinality(String),
    impersonated_groups Array(LowCardinality(String)),
    ip IPv6 CODEC(ZSTD(1)),
    claimed Array(String) CODEC(ZSTD(1)),
    agent LowCardinality(String),
    uri String CODEC(ZSTD(1)),
    resource LowCardinality(String),
    subresource LowCardinality(String),
    ns LowCardinality(String),
    name String CODEC(ZSTD(1)),
    object_uid String CODEC(ZSTD(1)),
    api_group LowCardinality(String),
    api_version LowCardinality(String),
    code UInt16 CODEC(ZSTD(1)),
    reason LowCardinality(String),
    message String CODEC(ZSTD(1)),
    decision LowCardinality(String),
    decision_reason LowCardinality(String),
    category LowCardinality(String),
    integrity LowCardinality(String),
    marks UInt16 CODEC(ZSTD(1)),
    primary Bool,
    request_key UInt128 TTL received + INTERVAL 2 DAY,
    fingerprint UInt128 TTL received + INTERVAL 2 DAY,
    line UInt64 CODEC(Delta, ZSTD(1)),
    raw String CODEC(ZSTD(1)),
    id String ALIAS concat(server, '-', toString(seq)),
    words String ALIAS lower(replaceRegexpAll(raw, '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{16,}|[0-9]{6,}|\\\\u[0-9a-fA-F]{4}|\\\\.', ' ')),
    ids Array(String) ALIAS extractAll(lower(raw), '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|[0-9]{6,}'),
    INDEX words words TYPE text(tokenizer = splitByNonAlpha),
    INDEX ids ids TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX audit_id audit_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX name name TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX user user TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX time time TYPE minmax GRANULARITY 1,
    INDEX received received TYPE minmax GRANULARITY 1,
    INDEX seq seq TYPE minmax GRANULARITY 1
)
ENGINE = $engine(MergeTree)
PARTITION BY (day, retention)
ORDER BY (toStartOfHour(time), cluster, resource, ns, time)
SETTINGS $dedup, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, min_bytes_for_wide_part = 134217728;

$distributed(events);

-- Counts by minute, for overviews and histograms without a filter.
CREATE TABLE IF NOT EXISTS $local(events_minute) $on_cluster
(
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    day Date,
    retention UInt8,
    cluster LowCardinality(String),
    category LowCardinality(String),
    primary Bool,
    events UInt64,
    bytes UInt64
)
ENGINE = $engine(SummingMergeTree)
PARTITION BY (day, retention)
ORDER BY (minute, cluster, category, primary)
SETTINGS $dedup, fsync_after_insert = 1, fsync_part_directory = 1;

$distributed(events_minute);

CREATE MATERIALIZED VIEW IF NOT EXISTS $local(events_by_minute) $on_cluster TO $local(events_minute) AS
SELECT toStartOfMinute(time) AS minute, day, retention, cluster, category, primary, count() AS events, sum(length(raw)) AS bytes
FROM $local(events)
GROUP BY minute, day, retention, cluster, category, primary;

-- What rules and the pipeline say about events; rows are only ever added.
CREATE TABLE IF NOT EXISTS $local(findings) $on_cluster
(
    id String,
    time DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    day Date,
    server LowCardinality(String),
    seq UInt64,
    rule LowCardinality(String),
    level LowCardinality(String),
    kind LowCardinality(String),
    summary String CODEC(ZSTD(1)),
    cluster LowCardinality(String),
    actor LowCardinality(String),
    ns LowCardinality(String),
    resource LowCardinality(String),
    name String CODEC(ZSTD(1)),
    INDEX seq seq TYPE minmax GRANULARITY 1
)
ENGINE = $engine(MergeTree)
PARTITION BY toYYYYMM(day)
ORDER BY (rule, time)
SETTINGS $dedup, fsync_after_insert = 1, fsync_part_directory = 1;

$distributed(findings);
