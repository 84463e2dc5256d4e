using System.Net;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Reeve.Audit;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources;

namespace Reeve.Server.Tests.Sources;

public sealed class SenderRegistryTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SenderRegistry _registry;

    public SenderRegistryTests() => _registry = new(_time);

    [Fact]
    public void Sender_has_the_sums_of_its_batches_and_the_lag_of_the_last()
    {
        var sender = Identity("cp1");
        Add(sender, new() { Events = 5, Duplicates = 1, Unreadable = 2, Truncated = 1, Lag = TimeSpan.FromSeconds(9) });
        _time.Advance(TimeSpan.FromSeconds(3));
        Add(sender, new() { Events = 2, Lag = TimeSpan.FromSeconds(1) });

        var status = Assert.Single(_registry.Snapshot());
        Assert.Equal((7, 1, 2, 1), (status.Events, status.Duplicates, status.Unreadable, status.Cut));
        Assert.Equal(TimeSpan.FromSeconds(1), status.Lag);
        Assert.Equal(_time.GetUtcNow(), status.LastEvent);
    }

    [Fact]
    public void Batch_without_a_time_of_its_own_leaves_the_lag_as_it_was()
    {
        Add(Identity("cp1"), new() { Events = 1, Lag = TimeSpan.FromSeconds(4) });
        Add(Identity("cp1"), new() { Events = 1 });

        Assert.Equal(TimeSpan.FromSeconds(4), Assert.Single(_registry.Snapshot()).Lag);
    }

    [Fact]
    public void Rate_is_told_while_events_come_and_is_zero_ten_seconds_later()
    {
        for (var second = 0; second < 10; second++)
        {
            Add(Identity("cp1"), new() { Events = 20 });
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(20, Assert.Single(_registry.Snapshot()).EventsPerSecond);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, Assert.Single(_registry.Snapshot()).EventsPerSecond);
    }

    [Fact]
    public void Senders_that_differ_in_anything_are_told_apart_and_keep_their_ids()
    {
        var sender = new Sender(IPAddress.Parse("10.0.0.1"), "cn", "h", "audit");
        SourceIdentity[] identities =
        [
            Identity("cp1", sender), Identity("cp2", sender), Identity("cp1", sender with { Peer = IPAddress.Parse("10.0.0.2") }),
            Identity("cp1", sender with { San = "other" }), Identity("cp1", sender with { Tag = "other" }),
            Identity("cp1", sender) with { Name = "other" },
            Identity("cp1", sender) with { IsAssignable = false }, Identity("cp1", sender) with { IsAssignable = false, Cluster = "other" },
        ];
        foreach (var identity in identities)
            Add(identity, new() { Events = 1 });
        var before = _registry.Snapshot();
        foreach (var identity in identities)
            Add(identity, new() { Events = 1 });
        var after = _registry.Snapshot();

        Assert.Equal(identities.Length, after.Select(status => status.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(before.Select(status => status.Id), after.Select(status => status.Id));
        Assert.All(after, status => Assert.Equal(2, status.Events));
    }

    [Fact]
    public void Snapshot_is_kept_while_nothing_changes_and_never_changes_itself()
    {
        Add(Identity("cp1"), new() { Events = 1 });
        var first = _registry.Snapshot();
        Assert.Same(first, _registry.Snapshot());

        Add(Identity("cp1"), new() { Events = 1 });

        Assert.Equal(1, Assert.Single(first).Events);
        Assert.Equal(2, Assert.Single(_registry.Snapshot()).Events);
    }

    [Fact]
    public void Whatever_names_are_invented_nothing_is_lost_from_the_counts_and_memory_is_bounded() =>
        Gen.Select(Gen.String[Gen.Char, 0, 400], Gen.Int[0, 5_000], Gen.Int[1, 5], Gen.Bool).List[1, 60].Sample(
            senders =>
            {
                var registry = new SenderRegistry(_time);
                var sum = 0;
                foreach (var (text, names, events, first) in senders)
                {
                    for (var name = 0; name < names; name += 97)
                    {
                        var identity = Identity(text + name, new(Tag: text, San: text)) with { Name = first ? "a" : "b" };
                        registry.Add(identity, new() { Events = events }, _time.GetUtcNow().UtcDateTime);
                        registry.Note(identity, text, text, text);
                        sum += events;
                    }
                }

                var statuses = registry.Snapshot();
                Assert.Equal(sum, statuses.Sum(status => status.Events));
                Assert.Equal(sum, registry.TotalsOf("a").Events + registry.TotalsOf("b").Events);
                Assert.InRange(statuses.Count(status => !status.IsOthers), 0, SenderRegistry.Most);
                Assert.InRange(statuses.Count(status => status.IsOthers), 0, 2);
                Assert.All(statuses, status => Assert.True(
                    status.Host.Length <= 256 && status.Sender.Tag.Length <= 256 && status.Sender.San.Length <= 256
                    && status.Troubles.Count <= 8 && status.Troubles.All(trouble => trouble.Code.Length <= 500 && trouble.Message.Length <= 500 && trouble.Advice.Length <= 500)));
            },
            iter: 50);

    [Fact]
    public void Senders_beyond_the_bound_are_counted_together_for_their_source_and_cluster()
    {
        for (var host = 0; host < SenderRegistry.Most + 100; host++)
            Add(Identity($"h{host}"), new() { Events = 1 });
        Add(Identity("late") with { Name = "other" }, new() { Events = 7 });
        Add(Identity("h0"), new() { Events = 1 });

        var statuses = _registry.Snapshot();
        Assert.Equal(SenderRegistry.Most, statuses.Count(status => !status.IsOthers));
        Assert.Equal(100, Assert.Single(statuses, status => status is { IsOthers: true, Source: "wire" }).Events);
        Assert.Equal(7, Assert.Single(statuses, status => status is { IsOthers: true, Source: "other" }).Events);
        Assert.Equal(2, Assert.Single(statuses, status => status.Host == "h0").Events);
        Assert.All(statuses.Where(status => status.IsOthers), status => Assert.False(status.IsAssignable));
    }

    [Fact]
    public void Sender_that_was_quiet_for_a_day_makes_room_for_a_new_one()
    {
        Add(Identity("quiet"), new() { Events = 5 });
        _time.Advance(TimeSpan.FromHours(23));
        for (var host = 1; host < SenderRegistry.Most; host++)
            Add(Identity($"h{host}"), new() { Events = 1 });
        Add(Identity("early"), new() { Events = 1 });
        _time.Advance(TimeSpan.FromHours(1));
        Add(Identity("late"), new() { Events = 1 });

        var statuses = _registry.Snapshot();
        Assert.DoesNotContain(statuses, status => status.Host is "quiet" or "early");
        Assert.Contains(statuses, status => status.Host == "late");
        Assert.Equal(6, Assert.Single(statuses, status => status.IsOthers).Events);
        Assert.Equal(SenderRegistry.Most + 6, _registry.TotalsOf("wire").Events);
    }

    [Fact]
    public void Trouble_is_counted_by_kind_the_latest_first_with_its_latest_words()
    {
        _registry.Note(Identity("cp1"), "cut", "one event was cut", "allow more");
        _registry.Note(Identity("cp1"), "slow", "it is slow", "wait");
        _time.Advance(TimeSpan.FromMinutes(1));
        _registry.Note(Identity("cp1"), "cut", "two events were cut", "allow more");

        var status = Assert.Single(_registry.Snapshot());
        Assert.Equal([new("cut", "two events were cut", "allow more", 2, _time.GetUtcNow()), new("slow", "it is slow", "wait", 1, _time.GetUtcNow().AddMinutes(-1))], status.Troubles);
        Assert.Equal(3, status.Errors);
        Assert.Null(status.LastEvent);
    }

    [Fact]
    public void Sender_that_is_forgotten_is_gone_until_it_delivers_again_and_its_source_keeps_the_sums()
    {
        Add(Identity("cp1"), new() { Events = 3 });
        var id = Assert.Single(_registry.Snapshot()).Id;

        Assert.True(_registry.Forget(id));
        Assert.False(_registry.Forget(id));
        Assert.Empty(_registry.Snapshot());
        Add(Identity("cp1"), new() { Events = 1 });

        Assert.Equal((id, 1), Assert.Single(_registry.Snapshot()) is var again ? (again.Id, again.Events) : default);
        Assert.Equal(4, _registry.TotalsOf("wire").Events);
    }

    [Fact]
    public void Sums_are_by_source_and_cluster()
    {
        Add(Identity("cp1"), new() { Events = 1 });
        _time.Advance(TimeSpan.FromSeconds(1));
        Add(Identity("cp2"), new() { Events = 2, Lag = TimeSpan.FromSeconds(2) });
        Add(Identity("cp1") with { Cluster = "prod" }, new() { Events = 4, Unreadable = 1 });

        Assert.Equal([("default", 3L), ("prod", 4L)], _registry.Deliveries().Select(delivery => (delivery.Cluster, delivery.Totals.Events)));
        Assert.Equal(new(7, 0, 1, 0, _time.GetUtcNow(), TimeSpan.FromSeconds(2)), _registry.TotalsOf("wire"));
        Assert.Equal(0, _registry.TotalsOf("other").Events);
    }

    [Fact]
    public void Batches_of_many_connections_are_all_counted()
    {
        Parallel.For(0, 20_000, batch =>
        {
            Add(Identity($"cp{batch % 5}"), new() { Events = 1 });
            if (batch % 100 == 0)
                _registry.Snapshot();
        });

        Assert.Equal(20_000, _registry.TotalsOf("wire").Events);
        Assert.All(_registry.Snapshot(), status => Assert.Equal(4_000, status.Events));
    }

    private void Add(SourceIdentity identity, IntakeCounts counts) => _registry.Add(identity, counts, _time.GetUtcNow().UtcDateTime);

    private static SourceIdentity Identity(string host, Sender? sender = null) =>
        new("wire", "syslog", "default", host, TrustedProxies.None) { Sender = sender ?? Sender.Unknown, IsAssignable = true };
}
