metadata description = 'Telephony: a function app, and the storage, messaging and telemetry that it needs.'

import { alwaysReadyGroup } from 'modules/function-app.bicep'

@description('Which environment this is; part of every name.')
@minLength(2)
@maxLength(20)
param environmentName string

@description('The region. It must offer Flex Consumption, and zones where zoneRedundant is wanted.')
param location string = resourceGroup().location

@description('The issuer whose tokens are believed. By default, this tenant of Entra ID.')
param authAuthority string = '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'

@description('Whom a token must be meant for: the client id of the app registration.')
@minLength(1)
param authAudience string

@description('The claim of a token that holds the user\'s id.')
param authUserIdClaim string = 'oid'

@description('Whether storage and instances are spread over the zones of the region.')
param zoneRedundant bool

@description('The most instances at a time: the limit of what a burst can cost.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that always run, and are paid for, so that the first request does not wait.')
param alwaysReady alwaysReadyGroup[] = []

@description('Who reads the events: a subscription of the topic for each.')
param eventSubscriptions string[] = []

@description('How long logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

var suffix = uniqueString(resourceGroup().id, environmentName)
var tags = { 'azd-env-name': environmentName }

// Of its own rather than the app's: its roles are there before the app first starts, and outlive it.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-telephony-${environmentName}'
  location: location
  tags: tags
}

module telemetry 'modules/telemetry.bicep' = {
  params: {
    name: 'telephony-${environmentName}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    publisherName: identity.name
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: 'st${suffix}'
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    functionAppIdentityName: identity.name
  }
}

module messaging 'modules/messaging.bicep' = {
  params: {
    name: 'sb-telephony-${suffix}'
    location: location
    tags: tags
    eventSubscriptions: eventSubscriptions
    functionAppIdentityName: identity.name
  }
}

module functionApp 'modules/function-app.bicep' = {
  params: {
    name: 'func-telephony-${environmentName}-${suffix}'
    location: location
    tags: tags
    functionAppIdentityName: identity.name
    packagesUri: storage.outputs.packagesUri
    zoneRedundant: zoneRedundant
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    settings: {
      Auth__Authority: authAuthority
      Auth__Audience: authAudience
      Auth__UserIdClaim: authUserIdClaim
      TelephonyStorage__tableServiceUri: storage.outputs.tablesUri
      TelephonyStorage__credential: 'managedidentity'
      TelephonyStorage__clientId: identity.properties.clientId
      AzureWebJobsStorage__accountName: storage.outputs.accountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      ServiceBus__fullyQualifiedNamespace: messaging.outputs.hostName
      ServiceBus__credential: 'managedidentity'
      ServiceBus__clientId: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: telemetry.outputs.connectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    }
  }
}

@description('The function app\'s name, for publishing.')
output functionAppName string = functionApp.outputs.name

@description('Where the API is: https://{host}/api/v1.')
output functionAppHostName string = functionApp.outputs.hostName

@description('The namespace that back offices send to and operators\' consumers read from.')
output serviceBusNamespace string = messaging.outputs.hostName

@description('The storage account with the tables.')
output storageAccountName string = storage.outputs.accountName

@description('The principal of the app\'s identity, for roles that are given elsewhere.')
output identityPrincipalId string = identity.properties.principalId
