metadata description = 'The app\'s tables, what Durable Task and the host keep, and the app\'s packages.'

@description('The account\'s name.')
@minLength(3)
@maxLength(24)
param name string

@description('The region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Whether each write is kept in three zones of the region.')
param zoneRedundant bool

@description('The identity of the function app, in this resource group.')
param functionAppIdentityName string

// As in src/Functions/Storage/TableNames.cs; a test compares them.
var tableNames = ['sites', 'directory', 'claims', 'history']

// For the whole account, because Durable Task and the host make containers, queues and tables of their own.
var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

resource functionApp 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: functionAppIdentityName
}

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: 'packages'
    }
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource table 'tables' = [
      for tableName in tableNames: {
        name: tableName
      }
    ]
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    scope: account
    name: guid(account.id, functionApp.id, role.value)
    properties: {
      principalId: functionApp.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

output accountName string = account.name

@description('The table service\'s address.')
output tablesUri string = account.properties.primaryEndpoints.table

@description('The container that the app\'s packages are published to.')
output packagesUri string = '${account.properties.primaryEndpoints.blob}${account::blobs::packages.name}'
