reeve token create --cluster {{cluster}}
