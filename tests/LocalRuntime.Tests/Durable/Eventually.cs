namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>Asks until the answer is yes; what must not take long fails after a while.</summary>
static class Eventually
{
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task ThatAsync(Func<Task<bool>> isReached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Max);
        while (!await isReached())
        {
            await Task.Delay(Pause, patience.Token);
        }
    }

    public static Task That(Func<bool> isReached) => ThatAsync(() => Task.FromResult(isReached()));
}
