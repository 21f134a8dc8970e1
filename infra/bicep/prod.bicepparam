using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'prod')
param authAudience = readEnvironmentVariable('AUTH_AUDIENCE')
param zoneRedundant = true
param maximumInstanceCount = 100
// Two of each, as a plan that spans zones wants.
param alwaysReady = [
  { name: 'http', instanceCount: 2 }
  { name: 'durable', instanceCount: 2 }
]
param logRetentionDays = 90
