using Telephony.LocalRuntime;

// Owns an Azurite on the directory that it is given, says where it listens, and stays until it is killed.
await using var azurite = await Azurite.StartAsync(new() { DataDirectory = args[0] }, CancellationToken.None);
Console.WriteLine(azurite.ConnectionString);
await Console.In.ReadToEndAsync();
