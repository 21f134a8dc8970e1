using System.Collections.Immutable;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Telephony.Functions.Http;

/// <summary>Items of one type as a file of CSV: a row with the names of the columns, then one for each item.</summary>
sealed class CsvAnswer<T>(IReadOnlyList<T> items, string fileName) : IResult
{
    static readonly ImmutableArray<CsvColumn> Columns = CsvColumn.Of(typeof(T));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = Csv.ContentType.ToString();
        var attachment = new ContentDispositionHeaderValue("attachment");
        attachment.SetHttpFileName(fileName);
        response.Headers.ContentDisposition = attachment.ToString();

        // A page is short, and a fault on the way must not leave half a file behind.
        using var file = new MemoryStream();
        Write(file);
        response.ContentLength = file.Length;
        await response.Body.WriteAsync(file.GetBuffer().AsMemory(0, (int)file.Length), httpContext.RequestAborted);
    }

    void Write(Stream file)
    {
        using var csv = CsvWriter.Create(file, Csv.WriterOptions, leaveOpen: true);
        foreach (var column in Columns)
            csv.WriteField(column.Name);
        csv.EndRecord();
        foreach (var item in items)
        {
            var json = JsonSerializer.SerializeToElement(item, Json.Options);
            foreach (var column in Columns)
                csv.WriteField(Csv.Harmless(column.Text(json)));
            csv.EndRecord();
        }
    }
}
