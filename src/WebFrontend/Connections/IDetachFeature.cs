using System.Net.Sockets;

namespace LiveComments.WebFrontend.Connections;

/// <summary>Lets an endpoint take its connection away from the server.</summary>
internal interface IDetachFeature
{
    /// <summary>The socket; nobody but the server uses it before <see cref="Detach"/>.</summary>
    Socket Socket { get; }

    /// <summary>
    /// Takes the socket, which the caller then owns and closes. All that the server has flushed is in it. The caller must abort the request
    /// and return right away; the server writes nothing more.
    /// </summary>
    /// <param name="gone">Called once, when the peer has gone or sends what nobody waits for.</param>
    void Detach(Action gone);
}
