using 'main.bicep'

// For trying things out, and what `azd up` makes: nothing runs, or costs much, while nobody asks.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param authAudience = readEnvironmentVariable('AUTH_AUDIENCE')
param zoneRedundant = false
param maximumInstanceCount = 40
param eventSubscriptions = ['sample']
