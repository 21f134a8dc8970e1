metadata description = 'The function app, on Flex Consumption.'

@export()
@description('A group of functions that has instances running at all times.')
type alwaysReadyGroup = {
  @description('http, durable, or function:{name} for any other.')
  name: string

  @minValue(1)
  instanceCount: int
}

@description('The app\'s name.')
@maxLength(60)
param name string

@description('The region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The identity that the app has, in this resource group.')
param functionAppIdentityName string

@description('The container that the app\'s packages are published to.')
param packagesUri string

@description('Whether instances are spread over the zones of the region.')
param zoneRedundant bool

@description('The most instances at a time.')
param maximumInstanceCount int

@description('Instances that always run.')
param alwaysReady alwaysReadyGroup[]

@description('What the host and the app are told.')
param settings object

var instanceMemoryMB = 2048

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: functionAppIdentityName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds the app of a service by this tag.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      remoteDebuggingEnabled: false
      appSettings: [
        for setting in items(settings): {
          name: setting.key
          value: setting.value
        }
      ]
    }
  }

  // Packages are published with a token of Entra ID, never with a password. Flex Consumption has no FTP to switch off.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
