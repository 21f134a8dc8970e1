using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Contract;

public sealed class MemoryTableTests : TableContract
{
    protected override Task<ITable> OpenAsync() => Task.FromResult<ITable>(new MemoryTable());
}
