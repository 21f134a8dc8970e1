using System.Text.RegularExpressions;

namespace Telephony.Domain.Tests;

/// <summary>The style that a machine can check, over every file of the repository.</summary>
public sealed partial class StyleTests
{
    const int LineMax = 120;
    const int FileLinesMax = 250;

    public static readonly string Root = FindRoot();

    [Fact]
    public void No_line_is_longer_than_120_characters() => Assert.Empty(
        from file in Files("*.cs")
        from line in File.ReadLines(file).Index()
        where line.Item.Length > LineMax
        select $"{Named(file)}:{line.Index + 1}");

    [Fact]
    public void No_file_is_longer_than_250_lines() => Assert.Empty(
        from file in Files("*.cs")
        where File.ReadLines(file).Count() > FileLinesMax
        select Named(file));

    [Fact]
    public void The_app_and_its_domain_are_one_source_for_both_builds() => Assert.Empty(
        from file in Files("*.cs")
        where Named(file).StartsWith("src/Domain", StringComparison.Ordinal)
            || Named(file).StartsWith("src/Functions", StringComparison.Ordinal)
        where File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal))
        select Named(file));

    [Fact]
    public void Versions_of_packages_stand_in_one_file() => Assert.Empty(
        from file in Files("*.csproj")
        where PackageWithVersion().IsMatch(File.ReadAllText(file))
        select Named(file));

    static List<string> Files(string pattern)
    {
        var files = System.IO.Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Where(file => !Named(file).Split('/').Intersect(["artifacts", "node_modules", "bin", "obj"]).Any())
            .ToList();
        Assert.NotEmpty(files);
        return files;
    }

    static string Named(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Telephony.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException("The tests do not run below the repository.");
    }

    [GeneratedRegex("<PackageReference[^>]*\\bVersion=")]
    private static partial Regex PackageWithVersion();
}
