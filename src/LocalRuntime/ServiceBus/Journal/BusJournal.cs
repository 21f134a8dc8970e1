namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>
/// What became of all queues, as a file that only grows while the process runs. An entry has left the process before
/// anybody hears that it holds, so a process that is killed loses nothing; against the machine losing its power there
/// is no promise.
/// </summary>
sealed class BusJournal : IDisposable
{
    readonly Lock gate = new();
    readonly FileStream file;
    readonly FileStream owned;

    BusJournal(FileStream file, FileStream owned, Dictionary<string, QueueState> queues) =>
        (this.file, this.owned, Queues) = (file, owned, queues);

    /// <summary>What was there at the start, by the queue's name; also of queues that nobody names any more.</summary>
    public IReadOnlyDictionary<string, QueueState> Queues { get; }

    /// <summary>Reads the journal of a folder, and writes it anew without what is over.</summary>
    /// <exception cref="InvalidOperationException">It is in use by another process, or damaged.</exception>
    public static BusJournal Open(string directory, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "journal");
        var owned = Own(directory);
        try
        {
            var queues = Load(path);
            var fresh = path + ".new";
            using (var compact = new FileStream(fresh, FileMode.Create))
            {
                foreach (var (name, state) in queues)
                    foreach (var entry in state.Entries(name, time.GetUtcNow()))
                        compact.Write(JournalFormat.Frame([entry]));
                compact.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
            // Without a buffer of its own: what is written is with the operating system at once.
            return new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 0), owned, queues);
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    /// <summary>In one step: after a crash all of them are there, or none.</summary>
    public void Append(IReadOnlyCollection<JournalEntry> entries)
    {
        if (entries.Count == 0)
            return;

        var frame = JournalFormat.Frame(entries);
        lock (gate)
            file.Write(frame);
    }

    public void Dispose()
    {
        lock (gate)
            file.Dispose();
        owned.Dispose();
    }

    static FileStream Own(string directory)
    {
        try
        {
            return new FileStream(
                Path.Combine(directory, "owned"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"Another process keeps its Service Bus in {directory}. Stop it, or start elsewhere.", e);
        }
    }

    static Dictionary<string, QueueState> Load(string path)
    {
        var queues = new Dictionary<string, QueueState>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var entry in File.Exists(path) ? JournalFormat.Read(File.ReadAllBytes(path)) : [])
            {
                if (!queues.TryGetValue(entry.Queue, out var state))
                    queues.Add(entry.Queue, state = new());
                state.Apply(entry);
            }
        }
        catch (InvalidDataException e)
        {
            throw new InvalidOperationException(
                $"The Service Bus journal {path} cannot be read: {e.Message}. Move it away to start empty.", e);
        }

        return queues;
    }
}
