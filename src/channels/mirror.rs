//! A static copy of all pages in another place: a folder that any web server
//! serves, or a bucket of an S3-compatible store. It outlives this server.

use std::sync::Arc;

use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Attribute, Attributes, ObjectStore, PutOptions, PutPayload};
use url::Url;

use super::{ChannelError, init_tls};

/// Where the copy is kept.
#[derive(Clone)]
pub struct Mirror {
    store: Arc<dyn ObjectStore>,
    prefix: String,
    /// A bucket keeps the type and the life of each file; a folder cannot.
    keeps_headers: bool,
}

impl Mirror {
    /// `file:///var/www/signpost`, or `s3://bucket/prefix` with the access in
    /// the usual variables (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    /// `AWS_REGION`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP`).
    pub fn new(url: &str) -> Result<Self, ChannelError> {
        init_tls();
        let wrong = |why: String| ChannelError(format!("export.url cannot be used. {why}"));
        let parsed = Url::parse(url).map_err(|_| wrong("Use file:///… or s3://bucket/…".into()))?;
        match parsed.scheme() {
            "file" => {
                let folder = parsed.to_file_path().map_err(|()| wrong("Give a whole path.".into()))?;
                std::fs::create_dir_all(&folder).map_err(|e| wrong(e.to_string()))?;
                let store = LocalFileSystem::new_with_prefix(folder).map_err(|e| wrong(e.to_string()))?;
                Ok(Self { store: Arc::new(store), prefix: String::new(), keeps_headers: false })
            }
            "s3" => {
                let bucket = parsed.host_str().ok_or_else(|| wrong("Name a bucket.".into()))?;
                let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build();
                let store = store.map_err(|e| wrong(e.to_string()))?;
                let prefix = parsed.path().trim_matches('/').to_owned();
                Ok(Self { store: Arc::new(store), prefix, keeps_headers: true })
            }
            _ => Err(wrong("Use file:///… or s3://bucket/…".into())),
        }
    }

    /// Puts one file in place, whole or not at all. The error says why it could
    /// not, without any secret.
    pub async fn put(&self, path: &str, bytes: Bytes, content_type: &str) -> Result<(), String> {
        let path = Path::from(format!("{}/{}", self.prefix, path.trim_start_matches('/')));
        let mut attributes = Attributes::new();
        if self.keeps_headers {
            attributes.insert(Attribute::ContentType, content_type.to_owned().into());
            attributes.insert(Attribute::CacheControl, "public, max-age=15".into());
        }
        let options = PutOptions { attributes, ..PutOptions::default() };
        let put = self.store.put_opts(&path, PutPayload::from_bytes(bytes), options).await;
        put.map(|_| ()).map_err(|e| e.to_string())
    }
}
