// Declared as in Microsoft.Azure.Functions.Worker.Extensions.Abstractions 1.3.0, repository
// Azure/azure-functions-dotnet-worker, folder extensions/Worker.Extensions.Abstractions/src.

namespace Microsoft.Azure.Functions.Worker
{
    // FunctionAttribute.cs
    [AttributeUsage(AttributeTargets.Method)]
    public class FunctionAttribute : Attribute
    {
        public FunctionAttribute(string name) => Name = name;

        public string Name { get; }
    }
}

namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions
{
    // BindingAttribute.cs
    [AttributeUsage(AttributeTargets.Method)]
    public abstract class BindingAttribute : Attribute
    {
        public BindingAttribute()
        {
        }
    }

    // InputBindingAttribute.cs
    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class InputBindingAttribute : BindingAttribute
    {
        public InputBindingAttribute()
        {
        }
    }

    // TriggerBindingAttribute.cs
    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class TriggerBindingAttribute : BindingAttribute
    {
        public TriggerBindingAttribute()
        {
        }
    }
}
