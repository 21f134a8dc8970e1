using System.Buffers.Binary;
using System.Numerics;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>
/// Entries as bytes. A frame is a length, a checksum and the entries of one step, which are read all or not at all.
/// </summary>
static class JournalFormat
{
    const int HeadBytes = 8;

    public static byte[] Frame(IReadOnlyCollection<JournalEntry> entries)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0L);
        writer.Write(entries.Count);
        foreach (var entry in entries)
            Write(writer, entry);

        var frame = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Checksum(frame.AsSpan(HeadBytes)));
        return frame;
    }

    /// <summary>
    /// Up to the last whole frame: what a killed process left of one that it was writing is not there.
    /// </summary>
    /// <exception cref="InvalidDataException">A frame is damaged, and it is not the last.</exception>
    public static IEnumerable<JournalEntry> Read(byte[] journal)
    {
        for (var at = 0; journal.Length - at >= HeadBytes;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(journal.AsSpan(at));
            var end = (long)at + HeadBytes + length;
            if (length <= 0 || end > journal.Length)
                yield break;

            var checksum = BinaryPrimitives.ReadUInt32LittleEndian(journal.AsSpan(at + 4));
            if (checksum != Checksum(journal.AsSpan(at + HeadBytes, length)))
            {
                if (end == journal.Length)
                    yield break;
                throw new InvalidDataException($"it is damaged at byte {at} of {journal.Length}");
            }

            using var reader = new BinaryReader(new MemoryStream(journal, at + HeadBytes, length, writable: false));
            for (var count = reader.ReadInt32(); count > 0; count--)
                yield return Read(reader);
            at = (int)end;
        }
    }

    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
            sum = BitOperations.Crc32C(sum, value);
        return ~sum;
    }

    static void Write(BinaryWriter writer, JournalEntry entry)
    {
        writer.Write(KindOf(entry));
        writer.Write(entry.Queue);
        switch (entry)
        {
            case JournalEntry.Put { Message: var message }:
                Write(writer, message);
                break;
            case JournalEntry.Taken { Sequence: var sequence }:
                writer.Write(sequence);
                break;
            case JournalEntry.Removed { Sequence: var sequence }:
                writer.Write(sequence);
                break;
            case JournalEntry.Seen seen:
                writer.Write(seen.Id);
                writer.Write(seen.Sequence);
                writer.Write(seen.Until.UtcTicks);
                break;
            case JournalEntry.Numbered { Last: var last }:
                writer.Write(last);
                break;
        }
    }

    static byte KindOf(JournalEntry entry) => entry switch
    {
        JournalEntry.Put => 1,
        JournalEntry.Taken => 2,
        JournalEntry.Removed => 3,
        JournalEntry.Seen => 4,
        JournalEntry.Numbered => 5,
        _ => throw new InvalidOperationException($"{entry.GetType().Name} has no number in the journal."),
    };

    static JournalEntry Read(BinaryReader reader)
    {
        var (kind, queue) = (reader.ReadByte(), reader.ReadString());
        return kind switch
        {
            1 => new JournalEntry.Put(queue, ReadMessage(reader)),
            2 => new JournalEntry.Taken(queue, reader.ReadInt64()),
            3 => new JournalEntry.Removed(queue, reader.ReadInt64()),
            4 => new JournalEntry.Seen(queue, reader.ReadString(), reader.ReadInt64(), ReadTime(reader)),
            5 => new JournalEntry.Numbered(queue, reader.ReadInt64()),
            _ => throw new InvalidDataException($"it has an entry of the unknown kind {kind}"),
        };
    }

    static void Write(BinaryWriter writer, QueuedMessage message)
    {
        writer.Write(message.Sequence);
        writer.Write(message.EnqueuedSequence);
        writer.Write(message.Id);
        writer.Write(message.EnqueuedAt.UtcTicks);
        writer.Write(message.TimeToLive.Ticks);
        writer.Write(message.ScheduledFor?.UtcTicks ?? 0);
        writer.Write(message.DeliveryCount);
        writer.Write(message.DeadLetter?.Source ?? "");
        writer.Write(message.DeadLetter?.Reason ?? "");
        writer.Write(message.DeadLetter?.Description ?? "");
        writer.Write(message.Content.Length);
        writer.Write(message.Content.Span);
    }

    static QueuedMessage ReadMessage(BinaryReader reader) => new()
    {
        Sequence = reader.ReadInt64(),
        EnqueuedSequence = reader.ReadInt64(),
        Id = reader.ReadString(),
        EnqueuedAt = ReadTime(reader),
        TimeToLive = TimeSpan.FromTicks(reader.ReadInt64()),
        ScheduledFor = ReadTime(reader) is { UtcTicks: > 0 } time ? time : null,
        DeliveryCount = reader.ReadInt32(),
        DeadLetter = ReadDeadLetter(reader),
        Content = reader.ReadBytes(reader.ReadInt32()),
    };

    static DeadLetter? ReadDeadLetter(BinaryReader reader)
    {
        var (source, reason, description) = (reader.ReadString(), Text(reader), Text(reader));
        return source is "" ? null : new(source, reason, description);
    }

    static string? Text(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;

    static DateTimeOffset ReadTime(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);
}
