metadata description = 'The queue that activations come on and the topic that events leave by.'

@description('The namespace\'s name.')
param name string

@description('The region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Who reads the events: a subscription for each.')
param eventSubscriptions string[]

@description('The identity of the function app, in this resource group.')
param functionAppIdentityName string

var serviceBusDataReceiver = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
)
var serviceBusDataSender = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
)

// As in the local Service Bus; a test compares them.
var lockDuration = 'PT1M'
var maxDeliveryCount = 10
var timeToLive = 'P14D'
var duplicatesRememberedFor = 'PT10M'

resource functionApp 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: functionAppIdentityName
}

resource namespace 'Microsoft.ServiceBus/namespaces@2026-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Standard'
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }

  resource activations 'queues' = {
    name: 'telephony-activations'
    properties: {
      lockDuration: lockDuration
      maxDeliveryCount: maxDeliveryCount
      defaultMessageTimeToLive: timeToLive
      deadLetteringOnMessageExpiration: true
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: duplicatesRememberedFor
      requiresSession: false
    }
  }

  resource events 'topics' = {
    name: 'telephony-events'
    properties: {
      defaultMessageTimeToLive: timeToLive
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: duplicatesRememberedFor
    }

    resource subscriptions 'subscriptions' = [
      for subscription in eventSubscriptions: {
        name: subscription
        properties: {
          lockDuration: lockDuration
          maxDeliveryCount: maxDeliveryCount
          defaultMessageTimeToLive: timeToLive
          deadLetteringOnMessageExpiration: true
          requiresSession: false
        }
      }
    ]
  }
}

resource receivesActivations 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::activations
  name: guid(namespace::activations.id, functionApp.id, serviceBusDataReceiver)
  properties: {
    principalId: functionApp.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: serviceBusDataReceiver
  }
}

// Dead letters that the back office resubmits go back to the queue.
resource resubmitsActivations 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::activations
  name: guid(namespace::activations.id, functionApp.id, serviceBusDataSender)
  properties: {
    principalId: functionApp.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: serviceBusDataSender
  }
}

resource sendsEvents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::events
  name: guid(namespace::events.id, functionApp.id, serviceBusDataSender)
  properties: {
    principalId: functionApp.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: serviceBusDataSender
  }
}

@description('The namespace\'s host name, as clients want it.')
output hostName string = split(split(namespace.properties.serviceBusEndpoint, '//')[1], ':')[0]
