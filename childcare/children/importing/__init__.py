"""Reading a list of children as communes send it: any layout, any spelling; nothing here asks the database or writes."""
