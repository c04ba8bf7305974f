//! The SDK. Nothing else names a type of it, so that its next version changes
//! one file.

use std::{
    convert::Infallible,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use http_body_util::combinators::BoxBody;
use hyper::{Method, Request, Response, StatusCode, body::Bytes};
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ClientJsonRpcMessage,
        ClientRequest, ContentBlock, GetMeta as _, GetPromptRequestParams, GetPromptResponse,
        GetPromptResult, Implementation, ListPromptsResult, ListResourceTemplatesResult,
        ListResourcesResult, ListToolsResult, PaginatedRequestParams, ProgressNotificationParam,
        Prompt, PromptArgument, PromptMessage, ProtocolVersion, ReadResourceRequestParams,
        ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, ResourceTemplate,
        Role, ServerCapabilities, ServerConfig, ServerJsonRpcMessage, Tool, ToolAnnotations,
    },
    service::{RequestContext, ServiceExt as _},
    transport::{
        StreamableHttpServerConfig, StreamableHttpService, Transport,
        async_rw::AsyncRwTransport,
        streamable_http_server::session::local::{LocalSessionManager, SessionConfig},
    },
};
use serde_json::{Map, Value};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::mpsc,
    task::spawn_blocking,
};

use super::{
    http::{BODY, said},
    prompts, resources,
    tool::{self, Answer, Call, Sent, Step, Turn},
    tools,
    turns::{Over, Turns},
};
use crate::{
    diagnostic::{Diagnostic, codes::environment::CALL_ENDED},
    ops::session::Session,
    tools::Interrupt,
};

/// What an agent is told when it connects.
const INSTRUCTIONS: &str = "An event model of an event-sourced system: workflows made of slices, slices made of commands, events, read models, views, automations, translations and scenarios. Start with `status` and `list`; read emc://guide before you write; write with `apply` (a document) or `edit` (single elements), with `dry_run` first where much changes; then `check`, and act on the help of each finding (`explain` tells what a code means). Every write is one transaction, refused whole when the model would not fold with it.";

/// The project behind the protocol.
#[derive(Clone)]
pub struct Server {
    session: Arc<Session>,
    turns: Turns,
}

impl Server {
    /// A server of this session.
    pub fn new(session: Session, turns: Turns) -> Self {
        Self {
            session: Arc::new(session),
            turns,
        }
    }

    /// Read something of the project on a thread of its own.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Result<T, ErrorData> {
        let session = Arc::clone(&self.session);
        let done = spawn_blocking(move || work(&session)).await;
        done.map_err(|error| broken(&error))
    }

    async fn call(
        &self,
        tool: &'static tool::Tool,
        given: Value,
        context: &RequestContext<RoleServer>,
    ) -> Result<Sent, ErrorData> {
        let turn = tokio::select! {
            biased;
            () = context.ct.cancelled() => Err(Over),
            turn = self.turns.take(tool.effect.turn) => turn,
        };
        let Ok(turn) = turn else {
            let finding =
                Diagnostic::new(&CALL_ENDED, "the call was given up before its turn came");
            return Ok(tool::sent(&self.session, Err(vec![finding])));
        };
        let interrupt = Interrupt::default();
        // A client that is gone wants nothing any more.
        let _gone = Raised(interrupt.clone());
        let (tell, mut told) = mpsc::unbounded_channel();
        let session = Arc::clone(&self.session);
        let raised = interrupt.clone();
        let mut running = spawn_blocking(move || {
            let call = Call {
                session: &session,
                interrupt: &raised,
                tell: &|step| {
                    let _ = tell.send(step);
                },
            };
            let sent = tool::sent(&session, (tool.run)(&call, given));
            drop(turn);
            sent
        });
        let mut progress = Progress::of(context);
        let done = loop {
            let open = !interrupt.is_raised();
            tokio::select! {
                Some(step) = told.recv() => progress.tell(step).await,
                () = context.ct.cancelled(), if open => interrupt.raise(),
                () = self.turns.over(), if open => interrupt.raise(),
                done = &mut running => break done,
            }
        };
        while let Ok(step) = told.try_recv() {
            progress.tell(step).await;
        }
        done.map_err(|error| broken(&error))
    }
}

/// A call that panicked: the bug is ours, the process goes on.
fn broken(error: &tokio::task::JoinError) -> ErrorData {
    ErrorData::internal_error(format!("the call broke off: {error}"), None)
}

/// Raises an interrupt when it is dropped.
struct Raised(Interrupt);

impl Drop for Raised {
    fn drop(&mut self) {
        self.0.raise();
    }
}

/// The progress of a call, where its client wants to know.
struct Progress<'a> {
    context: &'a RequestContext<RoleServer>,
    steps: u32,
}

impl<'a> Progress<'a> {
    fn of(context: &'a RequestContext<RoleServer>) -> Self {
        Self { context, steps: 0 }
    }

    async fn tell(&mut self, step: Step) {
        self.steps += 1;
        if let Some(token) = self.context.meta.get_progress_token() {
            let progress = ProgressNotificationParam::new(token, f64::from(self.steps));
            let progress = progress.with_message(step.message);
            let progress = match step.of {
                Some(all) => progress.with_total(f64::from(all.max(self.steps))),
                None => progress,
            };
            // A client that does not take it is gone, which ends the call.
            let _ = self.context.peer.notify_progress(progress).await;
        }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .build();
        let name = Implementation::new("cargo-emc", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities)
            .with_server_info(name)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(described()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = tools::find(&request.name) else {
            let names: Vec<&str> = tools::all().map(|tool| tool.name).collect();
            let message = format!(
                "there is no tool `{}`; there are {}",
                request.name,
                names.join(", ")
            );
            return Err(ErrorData::invalid_params(message, None));
        };
        let given = Value::Object(request.arguments.unwrap_or_default());
        let sent = self.call(tool, given, &context).await?;
        let mut result = CallToolResult::default();
        result.content = vec![ContentBlock::text(sent.text)];
        result.structured_content = Some(sent.structured);
        result.is_error = Some(sent.refused);
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let listed = self.read(resources::list).await?;
        let listed = listed.into_iter().map(|one| {
            Resource::new(one.uri, one.name)
                .with_title(one.title)
                .with_description(one.description)
                .with_mime_type(one.mime)
        });
        Ok(ListResourcesResult::with_all_items(listed.collect()))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let templates = resources::templates().into_iter().map(|one| {
            ResourceTemplate::new(one.uri, one.name)
                .with_title(one.title)
                .with_description(one.description)
                .with_mime_type(one.mime)
        });
        Ok(ListResourceTemplatesResult::with_all_items(
            templates.collect(),
        ))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let uri = request.uri.clone();
        let read = self
            .read(move |session| resources::read(session, &uri))
            .await?;
        match read {
            Ok((mime, text)) => {
                let contents = ResourceContents::text(text, request.uri).with_mime_type(mime);
                Ok(ReadResourceResult::new(vec![contents]).into())
            }
            Err(why) => Err(ErrorData::resource_not_found(why, None)),
        }
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let prompts = prompts::ALL.iter().map(|prompt| {
            let arguments = prompt.arguments.iter().map(|argument| {
                PromptArgument::new(argument.name)
                    .with_description(argument.description)
                    .with_required(argument.required)
            });
            Prompt::new(
                prompt.name,
                Some(prompt.description),
                Some(arguments.collect()),
            )
            .with_title(prompt.title)
        });
        Ok(ListPromptsResult::with_all_items(prompts.collect()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let given = request.arguments.unwrap_or_default();
        let text = prompts::text(&request.name, &given)
            .map_err(|why| ErrorData::invalid_params(why, None))?;
        let message = PromptMessage::new_text(Role::User, text);
        Ok(GetPromptResult::new(vec![message]).into())
    }
}

/// The tools as a client gets them.
fn described() -> Vec<Tool> {
    let output = Arc::new(tool::schema::<Answer<'_>>());
    tools::all()
        .map(|tool| {
            let effect = tool.effect;
            let annotations = ToolAnnotations::new()
                .read_only(effect.turn == Turn::Reads)
                .destructive(effect.destructive)
                .idempotent(effect.idempotent)
                .open_world(false);
            Tool::new(tool.name, tool.description, (tool.schema)())
                .with_title(tool.title)
                .with_annotations(annotations)
                .with_raw_output_schema(Arc::clone(&output))
        })
        .collect()
}

/// The tools, resources and prompts as JSON.
pub fn catalogue() -> Value {
    // What is serialized has no key that is not text.
    let json = |value: serde_json::Result<Value>| value.unwrap_or_default();
    let prompts: Vec<&str> = prompts::ALL.iter().map(|prompt| prompt.name).collect();
    let templates: Vec<&str> = resources::templates().iter().map(|one| one.uri).collect();
    Value::Object(Map::from_iter([
        ("tools".to_owned(), json(serde_json::to_value(described()))),
        ("prompts".to_owned(), prompts.into()),
        ("templates".to_owned(), templates.into()),
    ]))
}

/// Serve one client over two streams, until it is gone.
pub async fn over<R, W>(server: Server, read: R, write: W)
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let transport = Patient {
        inner: AsyncRwTransport::new_server(read, write),
        open: false,
    };
    // Who leaves before the handshake is gone too.
    if let Ok(running) = server.serve(transport).await {
        let _ = running.waiting().await;
    }
}

/// A transport that passes over what comes before the handshake and is no
/// request: the SDK would end the connection for it.
struct Patient<T> {
    inner: T,
    open: bool,
}

/// Whether the SDK takes a request for the beginning of a session.
fn opens(request: &ClientRequest) -> bool {
    match request {
        ClientRequest::InitializeRequest(_) => true,
        ClientRequest::DiscoverRequest(_) | ClientRequest::PingRequest(_) => false,
        request => {
            let meta = request.get_meta();
            let version = ProtocolVersion::V_2026_07_28;
            meta.protocol_version().is_some() && meta.missing_required_keys(&version).is_empty()
        }
    }
}

impl<T: Transport<RoleServer>> Transport<RoleServer> for Patient<T> {
    type Error = T::Error;

    fn send(
        &mut self,
        item: ServerJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        self.inner.send(item)
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        loop {
            let message = self.inner.receive().await?;
            if self.open {
                return Some(message);
            }
            if let ClientJsonRpcMessage::Request(request) = &message {
                self.open = opens(&request.request);
                return Some(message);
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.inner.close().await
    }
}

/// Sessions at a time.
const SESSIONS: usize = 32;

/// How long a session may be idle: a person who thinks about an answer.
const IDLE: Duration = Duration::from_secs(30 * 60);

/// The endpoint of the streamable HTTP transport. It checks Host and Origin.
pub struct Endpoint {
    service: StreamableHttpService<Server, LocalSessionManager>,
    sessions: Arc<LocalSessionManager>,
    /// Sessions that are being started.
    starting: AtomicUsize,
}

impl Endpoint {
    /// An endpoint for requests to these hosts, from these origins.
    pub fn new(server: Server, hosts: &[String], origins: &[String]) -> Self {
        let mut config = SessionConfig::default();
        config.keep_alive = Some(IDLE);
        let mut manager = LocalSessionManager::default();
        manager.session_config = config;
        let sessions = Arc::new(manager);
        let config = StreamableHttpServerConfig::default()
            .with_allowed_hosts(hosts)
            .with_allowed_origins(origins)
            .enforce_origin_validation()
            .with_max_request_body_bytes(BODY);
        Self {
            service: StreamableHttpService::new(
                move || Ok::<_, io::Error>(server.clone()),
                Arc::clone(&sessions),
                config,
            ),
            sessions,
            starting: AtomicUsize::new(0),
        }
    }

    /// Answer one request.
    pub async fn handle(
        &self,
        request: Request<http_body_util::Full<Bytes>>,
    ) -> Response<BoxBody<Bytes, Infallible>> {
        let starts =
            request.method() == Method::POST && !request.headers().contains_key("mcp-session-id");
        if !starts {
            return self.service.handle(request).await;
        }
        let starting = Starting::one_of(&self.starting);
        if self.sessions.sessions.read().await.len() + starting.before >= SESSIONS {
            return said(StatusCode::SERVICE_UNAVAILABLE, "too many sessions\n");
        }
        self.service.handle(request).await
    }

    /// End all sessions.
    pub fn close(&self) {
        self.service.config.cancellation_token.cancel();
    }
}

/// A session that is being started, until it is there or its client is gone.
struct Starting<'a> {
    all: &'a AtomicUsize,
    before: usize,
}

impl<'a> Starting<'a> {
    fn one_of(all: &'a AtomicUsize) -> Self {
        Self {
            all,
            before: all.fetch_add(1, Ordering::SeqCst),
        }
    }
}

impl Drop for Starting<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(1, Ordering::SeqCst);
    }
}
