extern alias JsonEverything;

using System.Text.Json;
using System.Text.Json.Nodes;
using JsonEverything::Json.Schema;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Functions.Tests.OpenApi;

namespace Telephony.Functions.Tests.Docs;

/// <summary>The schema of events, made from the types that they are written from.</summary>
static class EventSchema
{
    public static string File { get; } = Path.Combine("docs", "schemas", "events.v1.schema.json");

    /// <summary>As it is published: consumers must bear members that a later version adds.</summary>
    public static JsonObject Write()
    {
        var schemas = new Schemas(new XmlComments(typeof(TelephonyApp).Assembly, typeof(Number).Assembly));
        schemas.Answered(typeof(NumberEvent));
        schemas.Answered(typeof(OverdueEvent));
        schemas.Answered(typeof(ScheduleEvent));
        var schema = JsonNode.Parse($$"""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "$id": "{{EventMessages.DataSchema}}",
              "title": "An event of telephony, version 1",
              "description": "A CloudEvent 1.0 in structured JSON. Members may be added; pass over those not known.",
              "type": "object",
              "properties": {
                "specversion": { "const": "1.0" },
                "id": { "type": "string", "description": "The same each time the same is sent." },
                "source": { "type": "string", "format": "uri-reference", "pattern": "^/sites/[a-z0-9-]+$" },
                "type": { "type": "string", "description": "One of those in the catalogue; more may come." },
                "subject": { "type": "string", "description": "The operation." },
                "time": { "type": "string", "format": "date-time" },
                "datacontenttype": { "const": "application/json" },
                "dataschema": { "const": "{{EventMessages.DataSchema}}" },
                "data": { "type": "object" }
              },
              "required": [
                "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data"
              ],
              "if": { "properties": { "type": {
                "enum": [ "{{EventTypes.ActivationOverdue}}", "{{EventTypes.DeactivationOverdue}}" ] } } },
              "then": { "properties": { "data": { "$ref": "#/$defs/OverdueEvent" } } },
              "else": {
                "if": { "properties": { "type": { "const": "{{EventTypes.ScheduleChanged}}" } } },
                "then": { "properties": { "data": { "$ref": "#/$defs/ScheduleEvent" } } },
                "else": { "properties": { "data": { "$ref": "#/$defs/NumberEvent" } } }
              }
            }
            """)!.AsObject();
        schema["$defs"] = JsonNode.Parse(
            schemas.Components.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
        return schema;
    }

    /// <summary>The published one, which lets in nothing but what it names: for what this version sends.</summary>
    public static JsonSchema Closed()
    {
        var schema = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(Telephony.Testing.Repository.Root, File)))!;
        Close(schema.AsObject());
        foreach (var (_, part) in schema["$defs"]!.AsObject())
            Close(part!.AsObject());
        // A name of its own, as the library knows each only once.
        schema["$id"] = $"urn:closed:{Guid.NewGuid():n}";
        return JsonSchema.FromText(schema.ToJsonString());
    }

    /// <summary>Where an event is not as the schema says; empty when it is.</summary>
    public static string Violations(JsonSchema schema, string text)
    {
        using var json = JsonDocument.Parse(text);
        var found = schema.Evaluate(json.RootElement, new()
        {
            OutputFormat = OutputFormat.List, RequireFormatValidation = true,
        });
        return found.IsValid ? "" : string.Join('\n', found.Details!.SelectMany(
            detail => (detail.Errors ?? []).Select(error => $"{detail.InstanceLocation}: {error.Value}")).Append(text));
    }

    static void Close(JsonObject schema)
    {
        if (schema["properties"] is not null)
            schema["additionalProperties"] = false;
    }
}
