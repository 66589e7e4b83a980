namespace LiveComments.WebFrontend.Connections;

/// <summary>Lets an endpoint take its connection away from the server.</summary>
internal interface IDetachFeature
{
    /// <summary>Whether what the server writes goes to this connection as it is: nothing else, such as another TLS, stands between.</summary>
    bool CanDetach { get; }

    /// <summary>The connection; nobody but the server uses it before <see cref="Detach"/>.</summary>
    IDetachedConnection Connection { get; }

    /// <summary>
    /// Takes the connection, which the caller then owns and closes. All that the server has flushed is in it. The caller must abort the
    /// request and return right away; the server writes nothing more.
    /// </summary>
    /// <param name="gone">Called once, when the peer has gone or sends what nobody waits for.</param>
    void Detach(Action gone);
}
