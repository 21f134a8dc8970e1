#:sdk Microsoft.NET.Sdk.Web
#:package System.Reflection.MetadataLoadContext
#:property PublishAot=false

// Compares the SDK as src/LocalRuntime/Sdk declares it with the SDK's packages: all that is declared must be there, and
// the same. Wants both builds; reads their metadata and runs nothing of them: `dotnet run tools/sdk/compare.cs`.

using System.Reflection;

const BindingFlags Anywhere = BindingFlags.Instance | BindingFlags.Static;
var artifacts = Path.GetFullPath($"{AppContext.GetData("EntryPointFileDirectoryPath")}/../../artifacts");
var azure = $"{artifacts}/azure/bin/Functions/debug";
using var declared = Open($"{artifacts}/local/bin/LocalRuntime/debug");
using var packages = Open(azure);
// Our own assembly is among them only when it declares what the registry lacks; that is compared with itself.
string[] names =
    ["*DurableTask*.dll", "Microsoft.Azure.Functions.Worker*.dll", "Azure.Messaging.*.dll", "Telephony.LocalRuntime.dll"];
var there = names.SelectMany(name => Directory.GetFiles(azure, name)).Select(packages.LoadFromAssemblyPath)
    .SelectMany(assembly => assembly.GetTypes()).Where(IsSeen).ToLookup(type => type.FullName!);

var types = 0;
var lines = 0;
var differences = new List<string>();
foreach (var type in declared.LoadFromAssemblyName("Telephony.LocalRuntime").GetTypes().Where(IsSeen))
{
    if (type.FullName!.StartsWith("Telephony.", StringComparison.Ordinal))
        continue;

    var wanted = Surface.Of(type, Anywhere | BindingFlags.DeclaredOnly).ToList();
    var found = there[type.FullName].SelectMany(match => Surface.Of(match, Anywhere)).ToHashSet();
    types++;
    lines += wanted.Count;
    differences.AddRange(wanted.Where(line => !Has(found, line)).Select(line =>
        $"{type.FullName}: declared as\n    {line}\n  and there is\n    {OfThatName(found, line)}"));
}

differences.ForEach(Console.WriteLine);
Console.WriteLine($"{types} types are declared, in {lines} lines; not as in the packages: {differences.Count}.");
return types > 0 && differences.Count == 0 ? 0 : 1;

static MetadataLoadContext Open(string folder) => new(new PathAssemblyResolver(
    ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Concat(Directory.GetFiles(folder, "*.dll")).DistinctBy(Path.GetFileName)));

static bool IsSeen(Type type) => type.IsPublic || (type.IsNestedPublic && IsSeen(type.DeclaringType!));

// An assembly that says nothing of null is written with ~; ours may then say what is so.
static bool Has(HashSet<string> found, string line) =>
    found.Contains(line) || found.Any(other => other.Contains('~') && WithoutNull(other) == WithoutNull(line));

static string WithoutNull(string line) => line.Replace("?", "").Replace("~", "");

static string OfThatName(HashSet<string> found, string line) => string.Join("\n    ",
    found.Where(other => other.Split(' ')[0] == line.Split(' ')[0]).DefaultIfEmpty("nothing of that name"));

/// <summary>A type as lines of text, each with its name first: what a caller or a derived class can tell.</summary>
static class Surface
{
    static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Of(Type type, BindingFlags members) =>
    [
        $"type {Words(type.IsAbstract ? "abstract" : "", type.IsSealed ? "sealed" : "", Kind(type))}{Bounds(type)}",
        .. Bases(type).Select(parent => $"base {parent}"),
        .. type.GetInterfaces().Select(parent => $"implements {parent}"),
        .. Targets(type).Select(target => $"target {target}"),
        .. type.GetMembers(members | BindingFlags.Public | BindingFlags.NonPublic).Select(Member).OfType<string>(),
    ];

    /// <summary>Nothing for what cannot be seen from outside. A property is its accessors.</summary>
    static string? Member(MemberInfo member) => member switch
    {
        MethodBase { IsPublic: false, IsFamily: false, IsFamilyOrAssembly: false } => null,
        ConstructorInfo constructor => $".ctor {Access(constructor)}({Parameters(constructor)})",
        MethodInfo method => $"{method.Name} {Access(method)} {Kind(method)} {Value(method.ReturnParameter)}" +
            $"({Parameters(method)}){string.Concat(method.GetGenericArguments().Select(Bounds))}",
        FieldInfo { IsPublic: true, IsLiteral: true } field =>
            $"{field.Name} {field.FieldType} = {field.GetRawConstantValue()}",
        FieldInfo { IsPublic: true } field => $"{field.Name} {Text(Nullability.Create(field))}",
        _ => null,
    };

    static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        _ => "class",
    };

    static string Kind(MethodInfo method) => method switch
    {
        { IsStatic: true } => Has(method.GetCustomAttributesData(), "ExtensionAttribute") ? "extension" : "static",
        { IsAbstract: true } => "abstract",
        { IsVirtual: true, IsFinal: false } => "virtual",
        _ => "instance",
    };

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        Words(
            Has(parameter.GetCustomAttributesData(), "ParamArrayAttribute") ? "params" : "",
            Value(parameter),
            parameter.Name!,
            parameter.HasDefaultValue ? $"= {parameter.RawDefaultValue ?? "default"}" : "")));

    /// <summary>The type of a parameter or result, with what the compiler is told of null, and init.</summary>
    static string Value(ParameterInfo parameter) => Words(
    [
        .. parameter.GetRequiredCustomModifiers().Select(modifier => modifier.Name),
        .. parameter.GetCustomAttributesData()
            .Where(data => data.AttributeType.Namespace == "System.Diagnostics.CodeAnalysis")
            .Select(data => $"{data.AttributeType.Name}({string.Join(", ", data.ConstructorArguments)})"),
        Text(Nullability.Create(parameter)),
    ]);

    static string Text(NullabilityInfo info)
    {
        var mark = info.ReadState switch
        {
            NullabilityState.Nullable => "?",
            NullabilityState.Unknown => "~",
            _ => "",
        };
        return info switch
        {
            { ElementType: { } element } => $"{Text(element)}[]{mark}",
            { Type.IsGenericType: true, GenericTypeArguments: var arguments } =>
                $"{info.Type.GetGenericTypeDefinition().FullName}<{string.Join(", ", arguments.Select(Text))}>{mark}",
            _ => $"{info.Type}{mark}",
        };
    }

    static string Bounds(Type type) => !type.IsGenericParameter
        ? string.Concat(type.GetGenericArguments().Select(Bounds))
        : $" where {type}: {type.GenericParameterAttributes} " +
            string.Join<Type>(", ", type.GetGenericParameterConstraints());

    static IEnumerable<Type> Bases(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            yield return parent;
    }

    /// <summary>Where an attribute may stand, a line for each place, since a declaration may allow fewer.</summary>
    static IEnumerable<AttributeTargets> Targets(Type type)
    {
        var usage = Bases(type).Prepend(type).SelectMany(known => known.GetCustomAttributesData())
            .FirstOrDefault(data => data.AttributeType.Name == nameof(AttributeUsageAttribute));
        return usage is null ? [] : Enum.GetValues<AttributeTargets>()
            .Where(target => ((AttributeTargets)usage.ConstructorArguments[0].Value!).HasFlag(target));
    }

    static bool Has(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.Any(data => data.AttributeType.Name == name);

    static string Words(params IEnumerable<string> words) => string.Join(' ', words.Where(word => word != ""));
}
