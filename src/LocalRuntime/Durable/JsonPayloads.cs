using System.Text.Json;
using Microsoft.DurableTask;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// Values as JSON, as the worker's serializer writes them: with the app's options, by the value's runtime type.
/// </summary>
sealed class JsonPayloads : DataConverter
{
    readonly JsonSerializerOptions options;

    public JsonPayloads(JsonSerializerOptions app) =>

        // The worker sets this one when it registers the options.
        options = new(app) { PropertyNameCaseInsensitive = true };

    public override string? Serialize(object? value) =>
        value is null ? null : JsonSerializer.Serialize(value, value.GetType(), options);

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, options);
}
