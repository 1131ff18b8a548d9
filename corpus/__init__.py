"""What the documents say: files in, documents and passages out."""
