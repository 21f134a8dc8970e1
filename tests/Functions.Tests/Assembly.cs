using Telephony.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
