namespace LiveComments.WebFrontend.Settings;

/// <summary>A setting is wrong; the message is one line that names it and says what is allowed.</summary>
public sealed class SettingsException(string message) : Exception(message);
