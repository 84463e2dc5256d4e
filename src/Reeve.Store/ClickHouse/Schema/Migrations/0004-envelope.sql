-- What was around an event on its way, and what is likely to have cut it. A distributed table has columns of its own.
ALTER TABLE $local(events) $on_cluster ADD COLUMN IF NOT EXISTS envelope String CODEC(ZSTD(1));

ALTER TABLE $local(events) $on_cluster ADD COLUMN IF NOT EXISTS cause LowCardinality(String);

ALTER TABLE events $on_cluster ADD COLUMN IF NOT EXISTS envelope String;

ALTER TABLE events $on_cluster ADD COLUMN IF NOT EXISTS cause LowCardinality(String);
