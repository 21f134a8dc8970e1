using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>The comments of our types and their members, as the compiler wrote them down.</summary>
sealed partial class XmlComments
{
    readonly Dictionary<string, XElement> members;

    public XmlComments(params Assembly[] assemblies) => members = assemblies
        .Select(assembly => Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"))
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public string? Of(Type type) => Summary($"T:{Name(type)}");

    public string? Of(MemberInfo member) =>
        Summary($"{(member is FieldInfo ? 'F' : 'P')}:{Name(member.DeclaringType!)}.{member.Name}");

    /// <summary>What a method says, or else its class.</summary>
    public string? Of(MethodInfo method)
    {
        var name = $"M:{Name(method.DeclaringType!)}.{method.Name}";
        var own = members.Keys.FirstOrDefault(key =>
            key == name || key.StartsWith($"{name}(", StringComparison.Ordinal));
        return (own is null ? null : Summary(own)) ?? Of(method.DeclaringType!);
    }

    string? Summary(string name) =>
        members.GetValueOrDefault(name)?.Element("summary") is { } summary ? Text(summary) : null;

    static string Name(Type type) =>
        (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    static string Text(XElement element) =>
        Spaces().Replace(string.Concat(element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")?.Value.Split('.')[^1]}`",
            XElement { Name.LocalName: "paramref" } reference => $"`{Camel(reference.Attribute("name")!.Value)}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement other => Text(other),
            _ => node.ToString(),
        })), " ").Trim();

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
