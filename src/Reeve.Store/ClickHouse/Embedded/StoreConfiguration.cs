using System.Globalization;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// The engine's configuration file. It is always passed by name: without it chdb would pick up any <c>config.xml</c>
/// of the working or home folder. Caches are shares of the memory limit, because ClickHouse's defaults are for servers.
/// </summary>
internal static class StoreConfiguration
{
    public static string Write(string folder, long maxMemory)
    {
        var path = Path.Combine(folder, "store.xml");
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            <clickhouse>
              <timezone>UTC</timezone>
              <max_server_memory_usage>{maxMemory}</max_server_memory_usage>
              <max_server_memory_usage_to_ram_ratio>0.9</max_server_memory_usage_to_ram_ratio>
              <mark_cache_size>{maxMemory / 16}</mark_cache_size>
              <index_mark_cache_size>{maxMemory / 32}</index_mark_cache_size>
              <primary_index_cache_size>{maxMemory / 32}</primary_index_cache_size>
              <text_index_tokens_cache_size>{maxMemory / 64}</text_index_tokens_cache_size>
              <text_index_header_cache_size>{maxMemory / 64}</text_index_header_cache_size>
              <text_index_postings_cache_size>{maxMemory / 32}</text_index_postings_cache_size>
              <vector_similarity_index_cache_size>0</vector_similarity_index_cache_size>
              <query_condition_cache_size>{maxMemory / 64}</query_condition_cache_size>
              <compiled_expression_cache_size>{Math.Min(maxMemory / 32, 64 << 20)}</compiled_expression_cache_size>
              <parquet_metadata_cache_size>1048576</parquet_metadata_cache_size>
              <iceberg_metadata_files_cache_size>1048576</iceberg_metadata_files_cache_size>
              <merge_tree>
                <fsync_after_insert>1</fsync_after_insert>
                <fsync_part_directory>1</fsync_part_directory>
              </merge_tree>
            </clickhouse>

            """);
        File.WriteAllText(path, text);
        return path;
    }
}
