using 'main.bicep'

// For trying things out, and what `azd up` makes: almost nothing runs, or is paid for, while nobody asks.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param authAudience = readEnvironmentVariable('AUTH_AUDIENCE')
param zoneRedundant = false
param maximumInstanceCount = 40
param eventSubscriptions = ['sample']
