-- What rules and the pipeline say about events; rows are only ever added. Nothing wrote to the table of the first version, which had no
-- partitions by retention: findings go when their events go. `time`, `day` and `retention` are the event's, so that a search bounds both
-- alike; `id` is a hash of what the finding says. Columns in the order of FindingRowEncoder.
DROP TABLE IF EXISTS findings $on_cluster SYNC;

DROP TABLE IF EXISTS $local(findings) $on_cluster SYNC;

CREATE TABLE IF NOT EXISTS $local(findings) $on_cluster
(
    id String CODEC(ZSTD(1)),
    kind LowCardinality(String),
    rule LowCardinality(String),
    level LowCardinality(String),
    time DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    found DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    day Date,
    retention UInt8,
    cluster LowCardinality(String),
    source LowCardinality(String),
    host LowCardinality(String),
    server LowCardinality(String),
    seq UInt64,
    request_key UInt128,
    actor LowCardinality(String),
    verb LowCardinality(String),
    resource LowCardinality(String),
    subresource LowCardinality(String),
    ns LowCardinality(String),
    name String CODEC(ZSTD(1)),
    summary String CODEC(ZSTD(1)),
    detail String CODEC(ZSTD(1)),
    INDEX id id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX seq seq TYPE minmax GRANULARITY 1,
    INDEX time time TYPE minmax GRANULARITY 1
)
ENGINE = $engine(MergeTree)
PARTITION BY (day, retention)
ORDER BY (kind, rule, time)
SETTINGS $dedup, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

$distributed(findings);
