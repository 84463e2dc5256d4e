using System.Net;
using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Sql;

/// <summary>Addresses and CIDR blocks over an <c>IPv6</c> column that holds IPv4 addresses mapped.</summary>
internal static class AddressSql
{
    public static string In(string column, string block, SqlParameters parameters)
    {
        if (!QueryValueRules.TryNetwork(block, out var network))
            throw new NotSupportedException($"an address the parser does not let through: {block}");
        var bytes = network.BaseAddress.MapToIPv6().GetAddressBytes();
        var bits = 128 - network.BaseAddress.GetAddressBytes().Length * 8 + network.PrefixLength;
        var last = (byte[])bytes.Clone();
        for (var bit = bits; bit < 128; bit++)
            last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        var from = $"toIPv6({parameters.Add(new IPAddress(bytes).ToString())})";
        return bits == 128 ? $"{column} = {from}" : $"({column} >= {from} AND {column} <= toIPv6({parameters.Add(new IPAddress(last).ToString())}))";
    }
}
